import type { CatalogueEntry } from '../../contract/catalogue/catalogue-entry.js';
import {
  functionThat,
  objectOf,
  optional,
  type OptionReader,
  type OptionReaders,
} from '../../contract/options/option-readers.js';

/** How errors are told as problem details: `ErrorsModule.forRoot({ problem })`. @publicApi */
export interface ProblemOptions {
  /**
   * `type` of an error, a URI reference that says more of it to people (RFC 9457 §3.1.1). What it throws
   * is logged and harms no answer.
   *
   * @defaultValue where the catalogue is published, the row on its page; else `about:blank`
   */
  readonly type?: (entry: CatalogueEntry) => string;
}

const readObject = objectOf({
  type: optional(
    functionThat<NonNullable<ProblemOptions['type']>>('takes a function of a row of the catalogue'),
  ),
} satisfies OptionReaders<ProblemOptions>);

/** `undefined` where problem details are off. @internal */
export const readProblem: OptionReader<ProblemOptions | undefined> = (given = false, name) =>
  given === false ? undefined : readObject(given === true ? {} : given, name);
