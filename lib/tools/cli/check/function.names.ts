import type ts from 'typescript';
import type { FunctionAtom } from './machine.js';

/** A function as evidence names it. @internal */
export function nameOf(typescript: typeof ts, { node, self }: FunctionAtom): string {
  const own = node.name?.getText() ?? nameOfHolder(typescript, node);
  const owner = typescript.isClassLike(node.parent) ? (self?.type.node ?? node.parent) : undefined;
  const ownerName = owner?.name?.text;
  return ownerName === undefined ? own : `${ownerName}.${own}`;
}

function nameOfHolder(typescript: typeof ts, { parent, kind }: ts.Node): string {
  if (kind === typescript.SyntaxKind.Constructor) {
    return 'constructor';
  }
  const isNamed =
    typescript.isVariableDeclaration(parent) || typescript.isPropertyAssignment(parent);
  return isNamed ? parent.name.getText() : '(callback)';
}

/** Whether what it throws comes out later: of its promise, or of its iterator. @internal */
export function isDeferred(typescript: typeof ts, node: ts.SignatureDeclaration): boolean {
  const isAsync =
    typescript.canHaveModifiers(node) &&
    typescript.getModifiers(node)?.some(({ kind }) => kind === typescript.SyntaxKind.AsyncKeyword);
  return isAsync === true || (node as ts.FunctionDeclaration).asteriskToken !== undefined;
}
