import type ts from 'typescript';
import { HttpStatus } from '@nestjs/common';
import type { Machine } from './machine.js';
import { exceptionOf } from './exception.classes.js';
import {
  type Frame,
  type ClassAtom,
  NOTHING,
  textAtom,
  unionOf,
  type Value,
  valueOf,
} from './values.js';

/** What a name stands for: a parameter, a constant, a function, a class. @internal */
export function valueOfName(
  machine: Machine,
  node: ts.Identifier | ts.PropertyAccessExpression,
  frame: Frame,
): Value {
  const { ts: typescript, checker } = machine.project;
  if (typescript.isPropertyAccessExpression(node)) {
    return ofPackage(machine, node);
  }
  const named = symbolOf(machine, node);
  if (!named) {
    return NOTHING;
  }
  const known = frame.get(named);
  if (known) {
    return known;
  }
  const symbol = machine.origins.target(named);
  const declaration = symbol.valueDeclaration ?? symbol.declarations?.[0];
  if (!declaration || !machine.project.isFollowed(declaration.getSourceFile())) {
    return ofPackage(machine, node);
  }
  if (typescript.isClassLike(declaration)) {
    return valueOf(machine.classes.of(declaration, frame));
  }
  if (typescript.isFunctionDeclaration(declaration)) {
    return ofFunction(machine, symbol, frame);
  }
  if (typescript.isEnumMember(declaration)) {
    const constant = checker.getConstantValue(declaration);
    return constant === undefined ? NOTHING : valueOf(textAtom(constant));
  }
  if (typescript.isParameter(declaration) || typescript.isVariableDeclaration(declaration)) {
    return ofVariable(machine, declaration, frame);
  }
  return typescript.isExportAssignment(declaration)
    ? machine.evaluate(
        declaration.expression,
        machine.frameOfFile(declaration.getSourceFile()),
        new Map(),
      )
    : NOTHING;
}

function symbolOf({ project }: Machine, node: ts.Identifier): ts.Symbol | undefined {
  const { ts: typescript, checker } = project;
  return typescript.isShorthandPropertyAssignment(node.parent) && node.parent.name === node
    ? checker.getShorthandAssignmentValueSymbol(node.parent)
    : checker.getSymbolAtLocation(node);
}

function ofFunction(machine: Machine, symbol: ts.Symbol, from: Frame): Value {
  const { ts: typescript } = machine.project;
  const bodies = (symbol.declarations ?? []).filter(
    (one): one is ts.FunctionDeclaration => typescript.isFunctionDeclaration(one) && !!one.body,
  );
  return unionOf(
    bodies.map((node) => {
      const frame = machine.frameAround(node, from);
      const id = `function ${machine.idOf(node)} ${frame.id}`;
      return valueOf({ kind: 'function', id, node, frame });
    }),
  );
}

function ofVariable(
  machine: Machine,
  declaration: ts.ParameterDeclaration | ts.VariableDeclaration,
  from: Frame,
): Value {
  const { ts: typescript } = machine.project;
  const { initializer } = declaration;
  if (typescript.isParameter(declaration) || !initializer) {
    return NOTHING;
  }
  const frame = machine.frameAround(declaration, from);
  const key = `variable ${machine.idOf(declaration)} ${frame.id}`;
  return machine.once(key, NOTHING, () => machine.evaluate(initializer, frame, new Map()));
}

/** What a package exports: a class of errors, a status. */
function ofPackage(machine: Machine, node: ts.Identifier | ts.PropertyAccessExpression): Value {
  const { ts: typescript } = machine.project;
  if (typescript.isPropertyAccessExpression(node)) {
    if (machine.origins.is(node.expression, '@nestjs/common', 'HttpStatus')) {
      const status = (HttpStatus as unknown as Record<string, number>)[node.name.text];
      return status === undefined ? NOTHING : valueOf(textAtom(status));
    }
    const origin = machine.origins.of(node);
    const exception = origin && /^[A-Z]/.test(origin.name) ? exceptionOf(origin) : undefined;
    const id = `foreign ${origin?.package} ${origin?.name}`;
    return exception ? valueOf({ kind: 'class', id, exception } satisfies ClassAtom) : NOTHING;
  }
  const symbol = /^[A-Z]/.test(node.text) ? symbolOf(machine, node) : undefined;
  const type = symbol && machine.classes.ofForeign(symbol);
  return type ? valueOf(type) : NOTHING;
}
