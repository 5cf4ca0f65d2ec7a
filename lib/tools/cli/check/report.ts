import { keyOf } from '../../../contract/catalogue/catalogue-entry.js';
import type { Step } from './effects.js';
import type { CheckFinding, CheckResult, FindingKind } from './finding.js';
import { placeIn, type Project } from './project.js';

/** How a report is written. @internal */
export const checkFormats = ['stylish', 'json', 'github', 'sarif'] as const;
/** @internal */
export type CheckFormat = (typeof checkFormats)[number];

/** Whether a finding is an error, for the exit code. @internal */
export function isWrong({ kind }: { readonly kind: FindingKind }): boolean {
  return kind === 'undeclared' || kind === 'never-thrown';
}

/** A finding as programs read it. @internal */
export interface ToldFinding {
  readonly kind: FindingKind;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** `BooksController.find` */
  readonly name: string;
  readonly status?: number;
  readonly code?: string;
  readonly text: string;
  /** `books.controller.ts:42 → BooksService.find → assertAvailable:61` */
  readonly evidence: string;
}

/** @internal */
export function told(project: Project, finding: CheckFinding): ToldFinding {
  const { kind, name, row, at, steps } = finding;
  return {
    kind,
    ...placeIn(project, at),
    name,
    ...(row && { status: row.status, code: row.code }),
    text: sentenceOf(finding),
    evidence: evidenceOf(project, steps),
  };
}

function sentenceOf({ kind, name, row, reason }: CheckFinding): string {
  const said = row ? keyOf(row) : '';
  switch (kind) {
    case 'undeclared':
      return `${name} throws ${said}, which it does not declare`;
    case 'implied':
      return `${name} throws ${said}, which only the guard around it declares`;
    case 'never-thrown':
      return `${name} declares ${said}, which nothing throws`;
    default:
      return `${name}: not followed: ${reason}`;
  }
}

/** Where the first call is, what is called, and where the last one throws. @internal */
export function evidenceOf(project: Project, steps: readonly Step[]): string {
  const [first] = steps;
  const last = steps.at(-1);
  if (!first || !last) {
    return '';
  }
  const start = placeIn(project, first.node);
  const end = placeIn(project, last.node);
  const names = steps.map(({ name }) => name).filter(Boolean);
  const isNear = names.length === 0;
  const path = [`${baseName(start.file)}:${start.line}`, ...names];
  const where = start.file === end.file ? `:${end.line}` : ` (${baseName(end.file)}:${end.line})`;
  return isNear ? path[0]! : `${path.join(' → ')}${where}`;
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** A report in one of the formats. @internal */
export function reportOf(project: Project, result: CheckResult, format: CheckFormat): string {
  const findings = result.findings.map((finding) => told(project, finding));
  switch (format) {
    case 'json':
      return `${JSON.stringify({ routes: toldRoutes(project, result), findings }, null, 2)}\n`;
    case 'github':
      return findings.filter(isWrong).map(annotation).join('');
    case 'sarif':
      return `${JSON.stringify(sarifOf(findings), null, 2)}\n`;
    default:
      return stylish(project, result);
  }
}

function toldRoutes(project: Project, { routes }: CheckResult): object[] {
  return routes.map(({ route: { name, label, method }, thrown, declared }) => ({
    name,
    route: label,
    ...placeIn(project, method.name),
    declares: [...new Set(declared.map(({ row }) => keyOf(row)))],
    throws: thrown.flatMap(({ thrown: { row }, steps }) =>
      row ? [{ status: row.status, code: row.code, evidence: evidenceOf(project, steps) }] : [],
    ),
  }));
}

/** https://docs.github.com/actions/reference/workflow-commands-for-github-actions */
function annotation({ file, line, column, text, evidence }: ToldFinding): string {
  const message = [text, evidence].filter(Boolean).join('\n');
  const escaped = message.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
  const path = file.replaceAll('%', '%25').replaceAll(':', '%3A').replaceAll(',', '%2C');
  return `::error file=${path},line=${line},col=${column},title=nestjs-api-errors::${escaped}\n`;
}

/** Static Analysis Results Interchange Format 2.1.0. */
function sarifOf(findings: readonly ToldFinding[]): object {
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'nestjs-api-errors',
            rules: ['undeclared', 'implied', 'never-thrown', 'unfollowed'].map((id) => ({ id })),
          },
        },
        results: findings.map((finding) => ({
          ruleId: finding.kind,
          level: isWrong(finding) ? 'error' : 'note',
          message: { text: [finding.text, finding.evidence].filter(Boolean).join(': ') },
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: encodeURI(finding.file) },
                region: { startLine: finding.line, startColumn: finding.column },
              },
            },
          ],
        })),
      },
    ],
  };
}

function stylish(project: Project, { findings, routes }: CheckResult): string {
  const blocks = findings.map((finding) => {
    const { file, line, column, text, evidence } = told(project, finding);
    const level = isWrong(finding) ? 'error' : 'note';
    return [
      `${file}:${line}:${column}  ${level}  ${text}`,
      ...(evidence === '' ? [] : [`  ${evidence}`]),
      ...(isWrong(finding) ? [frameOf(finding)] : []),
      '',
    ].join('\n');
  });
  const count = (kind: FindingKind) => findings.filter((finding) => finding.kind === kind).length;
  const summary = [
    `${routes.length} handlers`,
    `${count('undeclared')} undeclared`,
    `${count('never-thrown')} never thrown`,
    `${count('implied')} declared by a guard alone`,
    `${count('unfollowed')} not followed`,
  ];
  return `${[...blocks, summary.join(', ')].join('\n')}\n`;
}

/** The line of code, with a mark under what is meant. */
function frameOf({ at }: CheckFinding): string {
  const file = at.getSourceFile();
  const start = at.getStart();
  const { line, character } = file.getLineAndCharacterOfPosition(start);
  const text = file.text.split(/\r?\n/, line + 1)[line] ?? '';
  const length = Math.max(1, Math.min(at.getEnd() - start, text.length - character));
  const number = String(line + 1);
  const mark = ' '.repeat(character) + '^'.repeat(length);
  return `  ${number} | ${text}\n  ${' '.repeat(number.length)} | ${mark}`;
}
