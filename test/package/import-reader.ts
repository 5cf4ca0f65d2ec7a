import ts from 'typescript';

/** One import of a source file, `export … from` and `import()` included. */
export interface Import {
  readonly specifier: string;
  /** Erased by the compiler */
  readonly typeOnly: boolean;
  /** `export * from`, which lists no names */
  readonly star: boolean;
}

/** Everything that a TypeScript source imports. */
export function importsOf(text: string): Import[] {
  const source = ts.createSourceFile('source.ts', text, ts.ScriptTarget.Latest, true);
  const imports: Import[] = [];
  const visit = (node: ts.Node): void => {
    const found = importOf(node);
    if (found) {
      imports.push(found);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return imports;
}

function importOf(node: ts.Node): Import | undefined {
  if (ts.isImportDeclaration(node)) {
    return literal(node.moduleSpecifier, isTypeImport(node.importClause));
  }
  if (ts.isExportDeclaration(node)) {
    const names = node.exportClause;
    const typeOnly =
      node.isTypeOnly || (!!names && ts.isNamedExports(names) && areTypes(names.elements));
    return literal(node.moduleSpecifier, typeOnly, !names || ts.isNamespaceExport(names));
  }
  if (ts.isImportTypeNode(node)) {
    return ts.isLiteralTypeNode(node.argument) ? literal(node.argument.literal, true) : undefined;
  }
  if (ts.isExternalModuleReference(node)) {
    return literal(node.expression, false);
  }
  return ts.isCallExpression(node) && isLoader(node.expression)
    ? literal(node.arguments[0], false)
    : undefined;
}

function isLoader(callee: ts.Expression): boolean {
  return (
    callee.kind === ts.SyntaxKind.ImportKeyword ||
    (ts.isIdentifier(callee) && callee.text === 'require')
  );
}

function isTypeImport(clause: ts.ImportClause | undefined): boolean {
  const names = clause?.namedBindings;
  return (
    clause?.phaseModifier === ts.SyntaxKind.TypeKeyword ||
    (!!clause && !clause.name && !!names && ts.isNamedImports(names) && areTypes(names.elements))
  );
}

function areTypes(names: ts.NodeArray<ts.ImportSpecifier | ts.ExportSpecifier>): boolean {
  return names.length > 0 && names.every(({ isTypeOnly }) => isTypeOnly);
}

/** What is loaded by a computed name is told by its text, which no rule allows. */
function literal(node: ts.Node | undefined, typeOnly: boolean, star = false): Import | undefined {
  if (!node) {
    return undefined;
  }
  const specifier = ts.isStringLiteralLike(node) ? node.text : node.getText();
  return { specifier, typeOnly, star };
}
