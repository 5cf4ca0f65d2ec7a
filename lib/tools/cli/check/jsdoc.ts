import type ts from 'typescript';
import { construct, resourceClasses } from './construction.js';
import type { Sink } from './effects.js';
import { exceptionOf } from './exception.classes.js';
import type { Machine } from './machine.js';
import { LIBRARY } from './project.js';
import { throwValue } from './throwing.js';
import { atomsOf, type ClassAtom, textAtom, valueOf } from './values.js';

/** A class of exceptions in the text of a `@throws`, with the resource that it is of. */
const NAMED = /\b([A-Z]\w*Exception)\b(?:\.for\(["'](\w+)["']\))?/g;

/** Throws what the `@throws` of code that is not read says. @internal */
export function throwDocumented(machine: Machine, call: ts.Node, sink: Sink): boolean {
  const { ts: typescript, checker } = machine.project;
  const callee = (call as Partial<ts.CallExpression>).expression;
  const name = callee && typescript.isPropertyAccessExpression(callee) ? callee.name : callee;
  const symbol = name && checker.getSymbolAtLocation(name);
  const declarations = symbol ? (machine.origins.target(symbol).declarations ?? []) : [];
  return declarations
    .map((declaration) => throwTags(machine, declaration, call, sink))
    .some(Boolean);
}

function throwTags(
  machine: Machine,
  declaration: ts.Declaration,
  at: ts.Node,
  sink: Sink,
): boolean {
  const said = commentOf(machine, declaration)
    .split(/@(?:throws|exception)\b/)
    .slice(1);
  for (const text of said) {
    // Up to the next tag
    for (const [, name = '', resource] of text.split(/^\s*\*\s*@/m, 1)[0]!.matchAll(NAMED)) {
      const exception =
        exceptionOf({ package: LIBRARY, name }) ?? exceptionOf({ package: '@nestjs/common', name });
      if (exception) {
        const type: ClassAtom = { kind: 'class', id: `documented ${name}`, exception };
        const types =
          resource === undefined
            ? [type]
            : atomsOf(resourceClasses(type, [valueOf(textAtom(resource))]), 'class');
        types.forEach((one) =>
          throwValue(machine, construct(machine, one, [], at, sink), at, sink),
        );
      }
    }
  }
  return said.length > 0;
}

/** Comments are read where they are asked for: of all packages they are most of what there is to parse. */
function commentOf({ project }: Machine, declaration: ts.Declaration): string {
  const { text } = declaration.getSourceFile();
  const ranges = project.ts.getLeadingCommentRanges(text, declaration.pos) ?? [];
  return ranges.map(({ pos, end }) => text.slice(pos, end)).join('\n');
}
