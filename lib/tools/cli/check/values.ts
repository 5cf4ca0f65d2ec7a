import type ts from 'typescript';
import { bothOf, type Effects, NO_EFFECTS, type Thrown } from './effects.js';
import type { ExceptionClass } from './exception.classes.js';

/** What is known of a value without running anything. @internal */
export type Atom =
  | { readonly kind: 'text'; readonly id: string; readonly text: string | number | boolean }
  | {
      readonly kind: 'function';
      readonly id: string;
      readonly node: ts.SignatureDeclaration;
      /** Where it was made. */
      readonly frame: Frame;
      /** What `this` is in it, unless it is an arrow. */
      readonly self?: ObjectAtom | undefined;
    }
  | ClassAtom
  | ObjectAtom
  | {
      readonly kind: 'literal';
      readonly id: string;
      readonly node: ts.ObjectLiteralExpression;
      readonly frame: Frame;
    }
  /** An error, made and not yet thrown. */
  | { readonly kind: 'error'; readonly id: string; readonly thrown: Thrown }
  /** Whatever a `catch` caught. */
  | { readonly kind: 'caught'; readonly id: string; readonly effects: Effects }
  /** What `new Promise()` hands to its function. */
  | { readonly kind: 'settle'; readonly id: 'resolve' | 'reject' };

/** @internal */
export interface ClassAtom {
  readonly kind: 'class';
  readonly id: string;
  /** Where the application declares it. */
  readonly node?: ts.ClassLikeDeclaration | undefined;
  readonly frame?: Frame | undefined;
  /** What its instances answer, where it is a class of errors. */
  readonly exception?: ExceptionClass | undefined;
}

/** An instance of a class of the application's. @internal */
export interface ObjectAtom {
  readonly kind: 'object';
  readonly id: string;
  readonly type: ClassAtom;
  /** What its constructor was given; `undefined` where dependency injection made it. */
  readonly args?: readonly Value[] | undefined;
}

/** @internal */
export interface Value {
  readonly atoms: readonly Atom[];
  /** What comes out of it later: of a promise that is awaited, an observable, an iterator. */
  readonly carried: Effects;
}

/** @internal */
export const NOTHING: Value = { atoms: [], carried: NO_EFFECTS };

/** Of more than these at one place nothing is learned but time spent. */
const MAX_ATOMS = 24;

/** @internal */
export function valueOf(...atoms: readonly Atom[]): Value {
  return { atoms, carried: NO_EFFECTS };
}

/** @internal */
export function carrying(carried: Effects, atoms: readonly Atom[] = []): Value {
  return carried.size === 0 && atoms.length === 0 ? NOTHING : { atoms, carried };
}

/** @internal */
export function unionOf(values: readonly Value[]): Value {
  return values.reduce((all, value) => {
    if (all === NOTHING) {
      return value;
    }
    if (value === NOTHING || value === all) {
      return all;
    }
    const known = new Set(all.atoms.map(({ id }) => id));
    const added = value.atoms.filter(({ id }) => !known.has(id));
    const atoms = added.length === 0 ? all.atoms : [...all.atoms, ...added].slice(0, MAX_ATOMS);
    return { atoms, carried: bothOf(all.carried, value.carried) };
  }, NOTHING);
}

/** @internal */
export function textAtom(text: string | number | boolean): Atom {
  return { kind: 'text', id: `${typeof text} ${String(text)}`, text };
}

/** What tells one value from another. @internal */
export function idOfValue({ atoms, carried }: Value): string {
  const ids = atoms.map(({ id }) => id).toSorted();
  return carried.size === 0 ? ids.join(',') : `${ids.join(',')}~${[...carried.keys()].join(';')}`;
}

/** @internal */
export function atomsOf<Kind extends Atom['kind']>(
  { atoms }: Value,
  kind: Kind,
): Extract<Atom, { kind: Kind }>[] {
  return atoms.filter((atom): atom is Extract<Atom, { kind: Kind }> => atom.kind === kind);
}

/** One call of a function: what its names stand for. @internal */
export class Frame {
  readonly #values = new Map<ts.Symbol, Value>();
  /** What the function returns, as far as it was read. */
  returned: Value = NOTHING;

  /**
   * @param node - the function, or the file
   * @param id - the same for calls that differ in nothing that is known
   * @param parent - where the function was made
   * @param self - what `this` is
   */
  constructor(
    readonly node: ts.Node,
    readonly id: string,
    readonly parent?: Frame,
    readonly self?: ObjectAtom,
  ) {}

  get(symbol: ts.Symbol): Value | undefined {
    return this.#values.get(symbol) ?? this.parent?.get(symbol);
  }

  set(symbol: ts.Symbol, value: Value): void {
    this.#values.set(symbol, value);
  }

  /** The frame that a name belongs to, to be given another value. */
  ownerOf(symbol: ts.Symbol): Frame | undefined {
    return this.#values.has(symbol) ? this : this.parent?.ownerOf(symbol);
  }

  /** Lets a name stand for something else while something is read. */
  during(symbol: ts.Symbol, value: Value, read: () => void): void {
    const owner = this.ownerOf(symbol) ?? this;
    const before = owner.#values.get(symbol);
    owner.#values.set(symbol, value);
    read();
    if (before) {
      owner.#values.set(symbol, before);
    }
  }
}
