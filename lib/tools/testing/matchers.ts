import { parseChallenges } from '../../contract/challenge/challenge.parser.js';
import { challengeFault, type ExpectedParams } from './expected-challenge.js';
import { errorFault, type ExpectedApiError } from './expected-error.js';
import { readHead, type ReadResponse, readResponse } from './response.js';

/** What a matcher gives to Jest. */
interface MatcherResult {
  readonly pass: boolean;
  message(): string;
}

/** What Jest binds a matcher to, by what is used of it. */
interface MatcherContext {
  readonly isNot?: boolean;
  readonly utils?: {
    matcherHint(name: string, received?: string, expected?: string, options?: object): string;
  };
}

/**
 * The matchers, for `expect.extend(apiErrorMatchers)`. Importing this entry point where `expect` is
 * global does that by itself.
 *
 * @publicApi
 */
export const apiErrorMatchers = {
  /** Whether a response is an error of the contract: see the types of `expect`. */
  toBeApiError(
    this: MatcherContext,
    received: unknown,
    code?: string,
    expected: ExpectedApiError = {},
  ): MatcherResult | Promise<MatcherResult> {
    const response = readResponse(received);
    const judge = (read: ReadResponse) =>
      result(this, 'toBeApiError', errorFault(read, code, expected), () => describe(read));
    return 'then' in response ? response.then(judge) : judge(response);
  },

  /** Whether a response carries a challenge: see the types of `expect`. */
  toCarryChallenge(
    this: MatcherContext,
    received: unknown,
    error?: string,
    params: ExpectedParams = {},
  ): MatcherResult {
    const head = readHead(received);
    const fault = challengeFault(parseChallenges(head.challenge), error, params);
    return result(this, 'toCarryChallenge', fault, () => describeHead(head));
  },
};

function result(
  context: MatcherContext,
  name: string,
  fault: string | undefined,
  received: () => string,
): MatcherResult {
  const { isNot = false, utils } = context;
  const hint = () =>
    utils?.matcherHint(name, 'response', 'expected', { isNot }) ??
    `expect(response)${isNot ? '.not' : ''}.${name}(expected)`;
  return {
    pass: fault === undefined,
    message: () => `${hint()}\n\n${fault ?? 'It does, and was expected not to.'}\n\n${received()}`,
  };
}

/** The response as one would read it on the wire. */
function describe(response: ReadResponse): string {
  return `${describeHead(response)}\n\n${response.body.slice(0, 1000) || '(no body)'}`;
}

function describeHead({ status, contentType, challenge }: Omit<ReadResponse, 'body'>): string {
  return [
    `Received: ${status}`,
    `content-type: ${contentType ?? '(none)'}`,
    ...[challenge ?? '(none)'].flat().map((line) => `www-authenticate: ${line}`),
  ].join('\n');
}
