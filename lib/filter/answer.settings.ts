/** How answers are made, from the module's options. @internal */
export interface AnswerSettings {
  /** Realm of challenges that have none of their own. */
  readonly realm: string;
  /** Folds statuses outside the contract into its rows. */
  readonly strict: boolean;
  /** Shows the failed parameters in the body. */
  readonly failures: boolean;
  /** Shows the request id in the body. */
  readonly requestId: boolean;
}
