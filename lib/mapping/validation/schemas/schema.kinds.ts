import type { FailureKind } from '../validation-failure.js';
import type { StandardSchema } from './standard-schema.js';

type JsonSchema = Readonly<Record<string, unknown>>;

/** What a schema of a library that follows Standard JSON Schema has too. */
interface WithJsonSchema {
  readonly jsonSchema?: { readonly input?: (options: { target: string }) => unknown };
}

const EVERY: ReadonlySet<FailureKind> = new Set(['missing', 'size', 'bound', 'invalid']);

/**
 * The kinds of failure that a schema can answer with, as its JSON Schema says them
 * (https://standardschema.dev/json-schema); every kind, where it has none or cannot be put in one. What
 * refinements say is in none, so that `invalid` always is.
 *
 * @internal
 */
export function schemaKinds(schema: StandardSchema): ReadonlySet<FailureKind> {
  const json = jsonSchemaOf(schema);
  if (json === undefined) {
    return EVERY;
  }
  const kinds = new Set<FailureKind>(['invalid']);
  addKinds(json, kinds);
  return kinds;
}

function jsonSchemaOf({ '~standard': standard }: StandardSchema): JsonSchema | undefined {
  try {
    const made = (standard as WithJsonSchema).jsonSchema?.input?.({ target: 'draft-2020-12' });
    return isObject(made) ? made : undefined;
  } catch {
    // A date, for one, is nothing that JSON has
    return undefined;
  }
}

const KINDS: Readonly<Record<string, FailureKind>> = {
  minLength: 'size',
  maxLength: 'size',
  minItems: 'size',
  maxItems: 'size',
  minProperties: 'size',
  maxProperties: 'size',
  minimum: 'bound',
  maximum: 'bound',
  exclusiveMinimum: 'bound',
  exclusiveMaximum: 'bound',
};

/** Keywords whose members are schemas by any name, and those that hold values. */
const OF_NAMES = new Set(['properties', 'patternProperties', 'dependentSchemas', '$defs']);
const OF_VALUES = new Set(['enum', 'const', 'default', 'examples']);

/** What a library makes of a schema is a tree: what refers to itself does it by `$ref`. */
function addKinds(schema: JsonSchema, kinds: Set<FailureKind>): void {
  for (const [keyword, value] of Object.entries(schema)) {
    if (Object.hasOwn(KINDS, keyword)) {
      kinds.add(KINDS[keyword]!);
    } else if (keyword === 'required' && Array.isArray(value) && value.length > 0) {
      kinds.add('missing');
    } else if (!OF_VALUES.has(keyword)) {
      const below =
        Array.isArray(value) || OF_NAMES.has(keyword) ? Object.values(Object(value)) : [value];
      below.filter(isObject).forEach((each) => addKinds(each, kinds));
    }
  }
}

function isObject(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
