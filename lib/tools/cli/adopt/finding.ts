/** What is said of one place of an application's source. @internal */
export interface Finding {
  /** Relative to the folder that was read. */
  readonly file: string;
  readonly line: number;
  readonly kind: FindingKind;
  readonly text: string;
  /** What the error at this place will be answered with, for programs. */
  readonly answer?: AnsweredWith;
  /** What `--write` does about it. */
  readonly change?: Change;
}

/** What a finding is about. @internal */
export type FindingKind =
  'module' | 'fastify' | 'document' | 'validation' | 'filter' | 'answer' | 'library';

/** An exception of the application's, and what its caller will get. @internal */
export interface AnsweredWith {
  readonly exception: string;
  /** `undefined` where only the running application knows. */
  readonly status: number | undefined;
  readonly code: string | undefined;
  /** Members of its body that the answer does not have. */
  readonly lost: readonly string[];
}

/** Text to put into a file, and what that text needs imported. @internal */
export interface Change {
  readonly insertions: readonly Insertion[];
  readonly imports: { readonly name: string; readonly from: string };
}

/** All that a change does to a file: no character of it goes. @internal */
export interface Insertion {
  readonly position: number;
  readonly text: string;
}
