import type ts from 'typescript';
import type { CatalogueEntry } from '../../../contract/catalogue/catalogue-entry.js';
import type { Declaration } from './declared.errors.js';
import type { Naming, Step, Thrown } from './effects.js';
import type { Route } from './routes.js';

/** What is wrong, or worth to know, of what a handler declares. @internal */
export type FindingKind =
  /** Thrown, and nothing declares it. */
  | 'undeclared'
  /** Thrown, and declared by nothing but the guard around it, which may refuse with the same. */
  | 'implied'
  /** Declared, and nothing throws it. */
  | 'never-thrown'
  /** Code that could not be followed. */
  | 'unfollowed';

/** @internal */
export interface CheckFinding {
  readonly kind: FindingKind;
  /** Where it is said: the handler, the class, or the argument of `@Throws()`. */
  readonly at: ts.Node;
  /** What it is about: `BooksController.find`, `RolesGuard`. */
  readonly name: string;
  readonly row?: CatalogueEntry | undefined;
  readonly reason?: string;
  readonly naming?: Naming | undefined;
  readonly declaration?: Declaration;
  /** How it gets there. */
  readonly steps: readonly Step[];
  /** The class or the method whose `@Throws()` it is about. */
  readonly on: ts.Node;
}

/** A handler with what it throws. @internal */
export interface CheckedRoute {
  readonly route: Route;
  /** What `@Throws()` declares of it. */
  readonly declared: readonly Declaration[];
  readonly thrown: readonly { readonly thrown: Thrown; readonly steps: readonly Step[] }[];
}

/** @internal */
export interface CheckResult {
  readonly routes: readonly CheckedRoute[];
  readonly findings: readonly CheckFinding[];
}
