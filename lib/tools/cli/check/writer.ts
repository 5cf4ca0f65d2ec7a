import type ts from 'typescript';
import { decoratorsOf, named } from './decorators.js';
import { applyEdits, type Edit, indentOf, newlineOf, wholeLine, withoutItems } from './edits.js';
import type { CheckFinding } from './finding.js';
import { FileImports, THROWS } from './imports.writer.js';
import type { Machine } from './machine.js';
import { LIBRARY } from './project.js';

const OURS = new RegExp(`^${LIBRARY}$`);

/**
 * Makes `@Throws()` say what is thrown, and no more, where that can be written.
 *
 * @returns the findings that are left to do by hand
 * @internal
 */
export function writeDeclarations(
  machine: Machine,
  findings: readonly CheckFinding[],
): CheckFinding[] {
  const wanted = findings.filter(({ kind }) => kind !== 'unfollowed');
  const files = new Set(wanted.map(({ on }) => on.getSourceFile()));
  const left = [...files].flatMap((file) =>
    new FileWriter(machine, file).write(wanted.filter(({ on }) => on.getSourceFile() === file)),
  );
  return [...left, ...findings.filter(({ kind }) => kind === 'unfollowed')];
}

class FileWriter {
  readonly #imports: FileImports;
  readonly #edits: Edit[] = [];
  readonly #removed: ts.Node[] = [];
  readonly #added: string[] = [];
  readonly #left: CheckFinding[] = [];

  constructor(
    private readonly machine: Machine,
    private readonly file: ts.SourceFile,
  ) {
    this.#imports = new FileImports(machine, file);
  }

  write(findings: readonly CheckFinding[]): CheckFinding[] {
    for (const on of new Set(findings.map((finding) => finding.on))) {
      this.#writeOn(
        on,
        findings.filter((finding) => finding.on === on),
      );
    }
    const stays = new Set(this.#added.join(' ').split(/\W+/));
    const edits = [
      ...this.#edits,
      ...this.#imports.additions(),
      ...this.#imports.removals(this.#removed, stays),
    ];
    if (edits.length > 0) {
      applyEdits(this.file, edits);
    }
    return this.#left;
  }

  #writeOn(on: ts.Node, findings: readonly CheckFinding[]): void {
    const added = findings
      .filter(({ kind }) => kind !== 'never-thrown')
      .flatMap((finding) => this.#argument(on, finding));
    const calls = named(decoratorsOf(this.machine, on), OURS, 'Throws')
      .map(({ call }) => call)
      .filter((call) => call.getSourceFile() === this.file && call.parent.parent === on);
    const dropped = new Set(
      findings.flatMap(({ declaration }) =>
        declaration && calls.includes(declaration.call) ? [declaration.argument] : [],
      ),
    );
    const kept = calls.filter((call) => call.arguments.some((one) => !dropped.has(one)));
    this.#remove(calls, dropped);
    const last = kept.at(-1)?.arguments.at(-1);
    if (added.length === 0) {
      return;
    }
    this.#added.push(...added, 'Throws');
    if (last) {
      const end = last.getEnd();
      this.#edits.push({ start: end, end, text: `, ${added.join(', ')}` });
      return;
    }
    const decorator = this.#imports.nameOf(THROWS, undefined, on) ?? 'Throws';
    this.#edits.push(this.#decorated(on, `@${decorator}(${added.join(', ')})`));
  }

  #remove(calls: readonly ts.CallExpression[], dropped: ReadonlySet<ts.Node>): void {
    for (const call of calls) {
      if (call.arguments.length > 0 && call.arguments.every((one) => dropped.has(one))) {
        this.#edits.push(wholeLine(call.parent));
        this.#removed.push(call.parent);
      } else {
        this.#edits.push(...withoutItems(call.arguments, (one) => dropped.has(one)));
        this.#removed.push(...call.arguments.filter((one) => dropped.has(one)));
      }
    }
  }

  /** What to name for a finding; none where it is to be done by hand. */
  #argument(on: ts.Node, finding: CheckFinding): string[] {
    const { naming, row } = finding;
    const { ts: typescript } = this.machine.project;
    const owner = typescript.findAncestor(on, (node) => typescript.isClassLike(node)) ?? on;
    const name = naming && this.#imports.nameOf(naming, row, owner);
    if (name === undefined) {
      this.#left.push(finding);
      return [];
    }
    const quote = /import[^'"]*(['"])/.exec(this.file.text)?.[1] ?? "'";
    return [
      naming?.resource === undefined ? name : `${name}.for(${quote}${naming.resource}${quote})`,
    ];
  }

  /** Behind the last decorator, on a line of its own where that has one. */
  #decorated(on: ts.Node, text: string): Edit {
    const { ts: typescript } = this.machine.project;
    const decorators = typescript.canHaveDecorators(on) ? (typescript.getDecorators(on) ?? []) : [];
    const last = decorators.at(-1);
    const newline = newlineOf(this.file);
    if (!last) {
      const start = on.getStart();
      return { start, end: start, text: `${text}${newline}${indentOf(on)}` };
    }
    const end = last.getEnd();
    const isAlone = /^[ \t]*(?:\/\/.*)?\r?\n/.test(this.file.text.slice(end));
    return { start: end, end, text: isAlone ? `${newline}${indentOf(last)}${text}` : ` ${text}` };
  }
}
