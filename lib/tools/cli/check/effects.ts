import type ts from 'typescript';
import type { CatalogueEntry } from '../../../contract/catalogue/catalogue-entry.js';

/** How an error is told from others: its own class first, then what that extends. @internal */
export type Lineage = readonly string[];

/** What `@Throws()` has to name for an error to be declared. @internal */
export interface Naming {
  /** Where the class is from: a package, or a file of the application that declares it. */
  readonly from: { readonly package: string } | { readonly declaration: ts.Node };
  readonly name: string;
  /** What `.for()` is given. */
  readonly resource?: string | undefined;
}

/** An error that may be thrown. @internal */
export interface Thrown {
  readonly lineage: Lineage;
  /** What it is answered with; `undefined` for an error that is no exception: a mapper's, or 500. */
  readonly row?: CatalogueEntry | undefined;
  readonly naming?: Naming | undefined;
  /** Where no `throw` is behind it: what a mapper makes of the errors of a database. */
  readonly by?: string | undefined;
  /** Whether its row is known only when the application runs. */
  readonly isUnknown?: boolean;
  /** Whether it is an answer and no error: a redirection. */
  readonly isNoError?: boolean;
}

/** A call on the way to a `throw`, or that itself. @internal */
export interface Step {
  /** What is called; empty for what throws. */
  readonly name: string;
  readonly node: ts.Node;
}

/** What may come out of running code instead of a value. @internal */
export type Effect =
  | { readonly kind: 'thrown'; readonly thrown: Thrown; readonly steps: readonly Step[] }
  | { readonly kind: 'unfollowed'; readonly reason: string; readonly steps: readonly Step[] }
  /** Code that is not read may throw errors of its own, though none of the catalogue's. */
  | { readonly kind: 'opaque'; readonly steps: readonly Step[] };

/** Effects, each once: of several ways to the same error the first is kept. @internal */
export type Effects = ReadonlyMap<string, Effect>;
/** @internal */
export type Sink = Map<string, Effect>;

/** @internal */
export const NO_EFFECTS: Effects = new Map();

/** What tells one error from another. @internal */
export function keyOfThrown({ lineage, row, by }: Thrown): string {
  return row ? `${row.status} ${row.code} ${lineage[0]} ${by ?? ''}` : `${lineage[0]}`;
}

/** @internal */
export function throwInto(sink: Sink, thrown: Thrown, node: ts.Node): void {
  add(sink, keyOfThrown(thrown), { kind: 'thrown', thrown, steps: [{ name: '', node }] });
}

/** @internal */
export function loseInto(sink: Sink, reason: string, node: ts.Node): void {
  const key = `? ${node.getSourceFile().fileName}:${node.pos}`;
  add(sink, key, { kind: 'unfollowed', reason, steps: [{ name: '', node }] });
}

/** @internal */
export function opaqueInto(sink: Sink): void {
  add(sink, 'opaque', { kind: 'opaque', steps: [] });
}

/** @internal */
export function addAll(sink: Sink, effects: Effects, step?: Step): void {
  for (const [key, effect] of effects) {
    if (!sink.has(key)) {
      sink.set(key, step ? { ...effect, steps: [step, ...effect.steps] } : effect);
    }
  }
}

/** @internal */
export function bothOf(a: Effects, b: Effects): Effects {
  if (a.size === 0) {
    return b;
  }
  if (b.size === 0 || a === b) {
    return a;
  }
  const sink: Sink = new Map(a);
  addAll(sink, b);
  return sink;
}

/** @internal */
export function withStep(effects: Effects, step: Step): Effects {
  if (effects.size === 0) {
    return effects;
  }
  const sink: Sink = new Map();
  addAll(sink, effects, step);
  return sink;
}

function add(sink: Sink, key: string, effect: Effect): void {
  if (!sink.has(key)) {
    sink.set(key, effect);
  }
}
