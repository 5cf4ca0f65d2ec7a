import type { ArgumentsHost } from '@nestjs/common';

/*
 * What is known of graphql-js and of how Nest hands on the arguments of its resolvers. Neither is a
 * dependency of this package.
 */

interface Selection {
  readonly kind: string;
  readonly name?: { readonly value: string };
  readonly alias?: { readonly value: string };
  readonly directives?: readonly Directive[];
  readonly selectionSet?: SelectionSet;
}

interface Directive {
  readonly name: { readonly value: string };
  readonly arguments?: readonly { readonly value: DirectiveValue }[];
}

interface DirectiveValue {
  readonly kind: string;
  readonly value?: unknown;
  readonly name?: { readonly value: string };
}

interface SelectionSet {
  readonly selections: readonly Selection[];
}

/** What a resolver is told of its field: graphql-js' `GraphQLResolveInfo`, by what is read of it. @internal */
export interface ResolveInfo {
  readonly fieldName: string;
  readonly parentType: { readonly name: string };
  readonly returnType: unknown;
  readonly path: { readonly key: string | number; readonly prev?: object | undefined };
  readonly operation: { readonly operation: string; readonly selectionSet: SelectionSet };
  readonly fragments: Readonly<Record<string, { readonly selectionSet: SelectionSet }>>;
  readonly variableValues: Readonly<Record<string, unknown>>;
}

/** An error as graphql-js has located it, or as an application throws it. @internal */
export interface GraphqlError extends Error {
  readonly originalError?: unknown;
  readonly path?: readonly (string | number)[] | undefined;
  readonly locations?: readonly object[] | undefined;
  readonly extensions: Record<string, unknown>;
  toJSON(): object;
}

/** @internal */
export function isGraphqlError(value: unknown): value is GraphqlError {
  try {
    return Object.prototype.toString.call(value) === '[object GraphQLError]';
  } catch {
    // A revoked proxy
    return false;
  }
}

/** Mercurius' error with extensions of the application's own. @internal */
export function isErrorWithProps(value: unknown): boolean {
  try {
    return (value as object | undefined)?.constructor?.name === 'ErrorWithProps';
  } catch {
    return false;
  }
}

/** The last argument of a resolver, whichever others it has. @internal */
export function resolveInfo(host: ArgumentsHost): ResolveInfo | undefined {
  const info = host.getArgs<unknown[]>().at(-1) as Partial<ResolveInfo> | null | undefined;
  return info?.operation && info.path ? (info as ResolveInfo) : undefined;
}

/** The context of an operation, the argument before. @internal */
export function operationContext(host: ArgumentsHost): unknown {
  return host.getArgs<unknown[]>().at(-2);
}

/** How many fields the answer to an operation has at its root. @internal */
export function rootFieldCount(info: ResolveInfo): number {
  const names = new Set<string>();
  collect(info.operation.selectionSet, info, names);
  return names.size;
}

function collect(
  { selections }: SelectionSet,
  info: ResolveInfo,
  names: Set<string | undefined>,
): void {
  for (const { kind, name, alias, directives, selectionSet } of selections) {
    const spread = name && info.fragments[name.value]?.selectionSet;
    const inner = kind === 'FragmentSpread' ? spread : selectionSet;
    if (!isIncluded(directives, info)) {
      continue;
    }
    if (kind === 'Field') {
      names.add(alias?.value ?? name?.value);
    } else if (inner) {
      collect(inner, info, names);
    }
  }
}

function isIncluded(directives: readonly Directive[] = [], info: ResolveInfo): boolean {
  return directives.every((directive) => {
    const value = directive.arguments?.[0]?.value;
    const given =
      value?.kind === 'Variable' ? info.variableValues[value.name!.value] : value?.value;
    const { value: name } = directive.name;
    return !((name === 'skip' && given === true) || (name === 'include' && given === false));
  });
}

type Subscribe = (...args: unknown[]) => unknown;

interface Schema {
  getSubscriptionType?(): { getFields(): Record<string, { subscribe?: Subscribe }> } | null;
}

/** Events of a subscription. @internal */
export type EventStream = AsyncIterator<unknown> & AsyncIterable<unknown>;

/** @internal */
export function isEventStream(value: unknown): value is EventStream {
  return (
    typeof (value as Partial<EventStream> | null | undefined)?.[Symbol.asyncIterator] === 'function'
  );
}

/**
 * Lets `wrap` make other events of those of each subscription of a schema.
 *
 * @internal
 */
export function wrapSubscriptions(
  schema: unknown,
  wrap: (events: EventStream) => EventStream,
): void {
  const fields = (schema as Schema | undefined)?.getSubscriptionType?.()?.getFields() ?? {};
  for (const field of Object.values(fields)) {
    const { subscribe } = field;
    if (subscribe) {
      field.subscribe = async (...args) => {
        const events = await subscribe(...args);
        return isEventStream(events) ? wrap(events) : events;
      };
    }
  }
}
