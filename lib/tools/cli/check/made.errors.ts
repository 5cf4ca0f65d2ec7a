import { type CatalogueEntry, keyOf } from '../../../contract/catalogue/catalogue-entry.js';
import { baseArguments, plainValues } from './constructor.arguments.js';
import type { Naming, Thrown } from './effects.js';
import { exceptionOf, namingOfRow } from './exception.classes.js';
import type { Machine } from './machine.js';
import { LIBRARY } from './project.js';
import type { Atom, ClassAtom, Value } from './values.js';

/** Of more ways to make one error, the rest is left. */
const MAX_WAYS = 12;

/** The errors that a class makes of these arguments. @internal */
export function errorsOf(machine: Machine, type: ClassAtom, args: readonly Value[]): Atom[] {
  let current: ClassAtom | undefined = type;
  let given = args;
  while (current?.node && current.exception) {
    given = baseArguments(machine, current, given);
    current = machine.classes.basesOf(current).find(({ exception }) => exception);
  }
  const ways = waysOf(given.slice(0, 3).map((value) => plainValues(machine, value)));
  return ways.map((way): Atom => {
    const answer = current?.exception?.answer(way) ?? undefined;
    const row = answer === 'unknown' ? undefined : answer;
    const isRedirection = row === undefined && answer !== 'unknown' && isHttp(type);
    return errorAtom(type, row, answer === 'unknown', isRedirection);
  });
}

function isHttp(type: ClassAtom): boolean {
  return type.exception!.lineage.includes('nest HttpException');
}

function errorAtom(
  { id, exception }: ClassAtom,
  row: CatalogueEntry | undefined,
  isUnknown: boolean,
  isNoError: boolean,
): Atom {
  const thrown: Thrown = {
    lineage: exception!.lineage,
    row,
    naming: row && namingFor(row, exception!.declares, exception!.naming),
    ...(isUnknown && { isUnknown }),
    ...(isNoError && { isNoError }),
  };
  return {
    kind: 'error',
    id: `error ${id} ${row ? keyOf(row) : ''}${isUnknown ? '?' : ''}`,
    thrown,
  };
}

/** The class itself, if it declares what it answers; else one that does. */
function namingFor(
  row: CatalogueEntry,
  declares: CatalogueEntry | undefined,
  naming: Naming | undefined,
): Naming | undefined {
  if (naming && declares && keyOf(declares) === keyOf(row)) {
    return naming;
  }
  const resource = /^(?:INVALID_(.+)|(.+?)_NOT_EXIST|(.+?)_ALREADY_EXIST)$/.exec(row.code);
  const name = resource?.slice(1).find(Boolean);
  const from = { package: LIBRARY, name: resourceClassName(row) };
  const ofResource = name === undefined ? undefined : exceptionOf(from)?.forResource?.(name);
  return ofResource?.declares && keyOf(ofResource.declares) === keyOf(row)
    ? ofResource.naming
    : namingOfRow(row);
}

function resourceClassName({ code }: CatalogueEntry): string {
  return code.startsWith('INVALID_')
    ? 'InvalidResourceException'
    : code.endsWith('_ALREADY_EXIST')
      ? 'ResourceAlreadyExistException'
      : 'ResourceNotExistException';
}

function waysOf(values: readonly (readonly unknown[])[]): unknown[][] {
  return values
    .reduce<unknown[][]>(
      (ways, candidates) => ways.flatMap((way) => candidates.map((one) => [...way, one])),
      [[]],
    )
    .slice(0, MAX_WAYS);
}
