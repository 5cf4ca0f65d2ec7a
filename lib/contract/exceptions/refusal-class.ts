import type { CatalogueEntry } from '../catalogue/catalogue-entry.js';
import type { Challenge } from '../challenge/challenge.js';
import type { ApiExceptionOptions } from './api-exception.options.js';
import { ApiException } from './api.exception.js';

/** What a refusal of credentials takes: everything but the challenges, which are its own. @publicApi */
export type BearerExceptionOptions = Omit<ApiExceptionOptions, 'challenges'>;

/** How a refusal is challenged: the auth scheme, and its error code (RFC 6750 §3.1). @internal */
export interface RefusalChallenge {
  readonly scheme: string;
  readonly error: string;
}

/** What one refusal says beside its class. @internal */
export interface RefusalExtra {
  /** auth-params of the challenge, beside the error and its description. */
  readonly params?: Challenge['params'];
  readonly headers?: ApiExceptionOptions['headers'];
}

/** A class of refusals, with its row as statics. @internal */
export interface RefusalClass<Status extends number, Code extends string> extends CatalogueEntry<
  Status,
  Code
> {
  new (
    descriptionOrOptions?: string | BearerExceptionOptions,
    options?: BearerExceptionOptions,
    /** What a class made from this one says beside. */
    extra?: RefusalExtra,
  ): ApiException<Status, Code>;
}

/**
 * The class of exceptions that refuse credentials: a row with a description of its own, which the
 * challenge repeats. The challenge is data; who answers adds the realm and writes it.
 *
 * @internal
 */
export function refusalClass<Status extends number, Code extends string>(
  { status, code }: CatalogueEntry<Status, Code>,
  description: string,
  { scheme, error }: RefusalChallenge,
): RefusalClass<Status, Code> {
  const entry = { status, code, description };
  return class extends ApiException<Status, Code> {
    static readonly status = status;
    static readonly code = code;
    static readonly description = description;

    constructor(
      descriptionOrOptions?: string | BearerExceptionOptions,
      options?: BearerExceptionOptions,
      { params, headers }: RefusalExtra = {},
    ) {
      const isGiven = typeof descriptionOrOptions === 'string';
      const given = isGiven ? descriptionOrOptions : undefined;
      const own = isGiven ? options : (descriptionOrOptions ?? options);
      const challenge = { error, error_description: given ?? description, ...params };
      const all = {
        ...own,
        ...(headers && { headers: { ...own?.headers, ...headers } }),
        challenges: [{ scheme, params: challenge }],
      };
      super(entry, given ?? all, all);
    }
  };
}
