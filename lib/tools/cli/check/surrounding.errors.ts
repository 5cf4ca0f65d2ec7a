import type ts from 'typescript';
import { type CatalogueEntry, keyOf } from '../../../contract/catalogue/catalogue-entry.js';
import { contractRows } from '../../../contract/catalogue/contract-rows.js';
import { resourceRow } from '../../../contract/catalogue/resource-rows.js';
import { bodyErrors, throttlerError } from '../../../documents/declared/adapter.errors.js';
import { kindOfRule } from '../../../mapping/validation/class-validator.rules.js';
import type { FailureKind } from '../../../mapping/validation/validation-failure.js';
import { type Decorator, decoratorsOf, named } from './decorators.js';
import { lineageOf } from './declared.errors.js';
import { type Enhancer, extendsForeign } from './enhancers.js';
import type { Machine } from './machine.js';
import { LIBRARY } from './project.js';
import type { Route } from './routes.js';
import { atomsOf, type ClassAtom } from './values.js';

const NEST = /^@nestjs\/common$/;
const OURS = new RegExp(`^${LIBRARY}$`);

/** What a route declares without `@Throws()`: what reads and validates its request, and 500. @internal */
export function requestErrors(
  machine: Machine,
  route: Route,
  enhancers: readonly Enhancer[],
): Set<string> {
  const rows: CatalogueEntry[] = [contractRows.internalServerError];
  for (const parameter of route.method.parameters) {
    const decorators = decoratorsOf(machine, parameter);
    const places = named(
      decorators,
      NEST,
      'Body',
      'Query',
      'Param',
      'Headers',
      'UploadedFile',
      'UploadedFiles',
    );
    rows.push(...(places.some(({ origin }) => origin.name === 'Body') ? bodyErrors : []));
    rows.push(...places.flatMap((place) => parameterErrors(machine, parameter, place)));
  }
  const names = enhancers.flatMap((one) => foreignNames(machine, one));
  if (names.some((name) => name.startsWith('@nestjs/throttler'))) {
    rows.push(throttlerError);
  }
  if (names.some((name) => name.startsWith('@nestjs/passport'))) {
    rows.push(contractRows.unauthorized);
  }
  if (
    names.some((name) =>
      /@nestjs\/common Parse\w+Pipe$|SchemaValidationPipe|ZodValidationPipe/.test(name),
    )
  ) {
    rows.push(contractRows.invalidParameter, contractRows.missingParameter);
  }
  return new Set(rows.map((row) => keyOf(row)));
}

function foreignNames(machine: Machine, { foreign, object }: Enhancer): string[] {
  const inherited = ['@nestjs/throttler', '@nestjs/passport'].filter(
    (name) => object && extendsForeign(machine, object.type, new RegExp(`^${name} `)),
  );
  return [...(foreign === undefined ? [] : [foreign]), ...inherited];
}

/** What the bearer guard around a route refuses requests with. @internal */
export function guardErrors(
  machine: Machine,
  route: Route,
  enhancers: readonly Enhancer[],
): Set<string> {
  const decorators = [
    ...lineageOf(machine, route.controller).flatMap(({ node }) => decoratorsOf(machine, node!)),
    ...decoratorsOf(machine, route.method),
  ];
  const isGuarded =
    hasGlobalBearer(machine) ||
    enhancers.some(
      ({ foreign, object }) =>
        foreign === `${LIBRARY} BearerGuard` ||
        (object && extendsForeign(machine, object.type, /BearerGuard$/)),
    );
  const isPublic = named(decorators, OURS, 'Public').length > 0;
  if (!isGuarded || isPublic) {
    return new Set();
  }
  const isScoped = named(decorators, OURS, 'RequireScopes', 'Authorize').length > 0;
  const { badRequest, unauthorized, forbidden, serviceUnavailable } = contractRows;
  const rows = [badRequest, unauthorized, serviceUnavailable, ...(isScoped ? [forbidden] : [])];
  return new Set(rows.map((row) => keyOf(row)));
}

const globalBearers = new WeakMap<Machine, boolean>();

/** `bearer: { global: true }` */
function hasGlobalBearer(machine: Machine): boolean {
  const { ts: typescript, files } = machine.project;
  const visit = (node: ts.Node): boolean =>
    (typescript.isPropertyAssignment(node) &&
      node.name.getText() === 'global' &&
      node.initializer.kind === typescript.SyntaxKind.TrueKeyword &&
      typescript.isPropertyAssignment(node.parent.parent) &&
      node.parent.parent.name.getText() === 'bearer') ||
    (typescript.forEachChild(node, (child) => visit(child) || undefined) ?? false);
  if (!globalBearers.has(machine)) {
    globalBearers.set(
      machine,
      files.some((file) => visit(file)),
    );
  }
  return globalBearers.get(machine)!;
}

function parameterErrors(
  machine: Machine,
  parameter: ts.ParameterDeclaration,
  { call, origin }: Decorator,
): CatalogueEntry[] {
  const { checker } = machine.project;
  const schema = call.arguments.find((argument) => /schema|Schema/.test(argument.getText()));
  if (schema) {
    return schemaErrors(machine, schema);
  }
  const type = parameter.type && checker.getTypeFromTypeNode(parameter.type);
  const dto = type && machine.classes.ofType(type);
  if (!dto?.node) {
    return [];
  }
  const kinds = kindsOfDto(machine, dto, 0);
  if (kinds.size > 0 && origin.name === 'Body') {
    kinds.add('invalid');
  }
  if (origin.name === 'Param') {
    kinds.delete('missing');
  }
  const resource = named(decoratorsOf(machine, dto.node), OURS, 'Resource')[0]?.call.arguments[0];
  return [...kinds].map((kind) => rowOf(kind, resource && textOf(machine, resource)));
}

function textOf(machine: Machine, node: ts.Expression): string | undefined {
  const frame = machine.frameOfFile(node.getSourceFile());
  const [atom] = atomsOf(machine.evaluate(node, frame, new Map()), 'text');
  return atom && String(atom.text);
}

function rowOf(kind: FailureKind, resource: string | undefined): CatalogueEntry {
  switch (kind) {
    case 'missing':
      return contractRows.missingParameter;
    case 'bound':
      return contractRows.parameterOutOfRange;
    case 'size':
      return contractRows.parameterLimitExceeded;
    default:
      return resource === undefined
        ? contractRows.invalidParameter
        : resourceRow('invalidResource', resource);
  }
}

/** The kinds of failures that the rules of a DTO have, those inside it included. */
function kindsOfDto(machine: Machine, type: ClassAtom, depth: number): Set<FailureKind> {
  const { ts: typescript, checker } = machine.project;
  const kinds = new Set<FailureKind>();
  const members = lineageOf(machine, type).flatMap(({ node }) => [...node!.members]);
  for (const member of members) {
    const rules = decoratorsOf(machine, member).filter(
      ({ origin }) => origin.package === 'class-validator',
    );
    const names = rules.map(({ origin }) => origin.name);
    for (const name of names.filter((one) => one !== 'IsOptional' && one !== 'ValidateNested')) {
      const kind = kindOfRule(ruleOf(name));
      kinds.add(kind);
      kinds.add('invalid');
    }
    if (
      names.length > 0 &&
      !names.includes('IsOptional') &&
      !(typescript.isPropertyDeclaration(member) && member.initializer)
    ) {
      kinds.add('missing');
    }
    if (
      names.includes('ValidateNested') &&
      depth < 4 &&
      typescript.isPropertyDeclaration(member) &&
      member.type
    ) {
      const declared = checker.getTypeFromTypeNode(member.type);
      const inner = checker.getIndexTypeOfType(declared, typescript.IndexKind.Number) ?? declared;
      const dto = machine.classes.ofType(checker.getNonNullableType(inner));
      kindsOfDto(machine, dto ?? { kind: 'class', id: '' }, depth + 1).forEach((kind) =>
        kinds.add(kind),
      );
    }
  }
  return kinds;
}

/** `MaxLength` is the rule `maxLength`; `Length` is `isLength`. */
function ruleOf(decorator: string): string {
  return decorator === 'Length' ? 'isLength' : decorator[0]!.toLowerCase() + decorator.slice(1);
}

/** What a schema refuses, by the calls that make it. */
function schemaErrors(machine: Machine, argument: ts.Expression): CatalogueEntry[] {
  const { ts: typescript, checker } = machine.project;
  const kinds = new Set<FailureKind>(['invalid', 'missing']);
  const visited = new Set<ts.Node>();
  const visit = (node: ts.Node): void => {
    if (
      typescript.isPropertyAccessExpression(node) &&
      /^(?:min|max|gt|gte|lt|lte|length|positive|nonnegative|negative)$/.test(node.name.text)
    ) {
      const { symbol } = checker.getTypeAtLocation(node.expression);
      const name = (symbol as ts.Symbol | undefined)?.name ?? '';
      kinds.add(/String|Array|Set|File/.test(name) ? 'size' : 'bound');
    }
    const found = typescript.isIdentifier(node) ? checker.getSymbolAtLocation(node) : undefined;
    const declaration = found && machine.origins.target(found).valueDeclaration;
    if (
      declaration &&
      typescript.isVariableDeclaration(declaration) &&
      machine.project.isFollowed(declaration.getSourceFile()) &&
      !visited.has(declaration)
    ) {
      visited.add(declaration);
      visit(declaration);
    }
    typescript.forEachChild(node, visit);
  };
  visit(argument);
  return [...kinds].map((kind) => rowOf(kind, undefined));
}
