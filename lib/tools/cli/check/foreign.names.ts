import type ts from 'typescript';
import { bareExpression } from '../adopt/static.value.js';
import type { AnyCall, ForeignCall } from './foreign.call.js';
import type { Machine } from './machine.js';

/** What is called, and of which package it is. @internal */
export function describe(
  machine: Machine,
  call: AnyCall,
): Pick<ForeignCall, 'call' | 'package' | 'name'> {
  const { ts: typescript, checker } = machine.project;
  const callee = bareExpression(
    typescript,
    typescript.isTaggedTemplateExpression(call) ? call.tag : call.expression,
  );
  const origin = machine.origins.of(callee);
  const isMember = typescript.isPropertyAccessExpression(callee);
  const symbol = checker.getSymbolAtLocation(isMember ? callee.name : callee);
  const file = symbol?.declarations?.[0]?.getSourceFile();
  const from = file && machine.origins.packageOf(file);
  return {
    call,
    package: from ?? origin?.package ?? rootPackage(machine, callee),
    name: origin?.name ?? (isMember ? callee.name.text : callee.getText()),
  };
}

/** The package of what a chain of members and calls starts with, where nothing is known of its types. */
function rootPackage(machine: Machine, node: ts.Expression): string | undefined {
  const { ts: typescript, checker } = machine.project;
  const known = machine.origins.of(node)?.package;
  if (known !== undefined) {
    return known;
  }
  const [declaration] = checker.getSymbolAtLocation(node)?.declarations ?? [];
  const { type } = (declaration ?? {}) as Partial<ts.ParameterDeclaration>;
  const typed =
    type && typescript.isTypeReferenceNode(type) ? machine.origins.of(type.typeName) : undefined;
  const isChain = typescript.isPropertyAccessExpression(node) || typescript.isCallExpression(node);
  return typed?.package ?? (isChain ? rootPackage(machine, node.expression) : undefined);
}
