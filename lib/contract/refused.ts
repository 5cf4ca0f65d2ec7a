/**
 * What nothing is assignable to. The compiler quotes the reason where an argument has to be of this
 * type as well.
 *
 * @internal
 */
export interface Refused<Reason extends string> {
  readonly refused: Reason;
}
