import { isError } from '../../contract/exceptions/is-error.js';
import { providerOf } from '../../nest/component.js';
import { GUARD_RUNTIME, type GuardRuntime } from '../../access/guard/guard.runtime.js';
import type { TokenRefusal } from '../../tokens/token-refusal.js';
import type { TokenVerifier } from '../../tokens/token-verifier.js';
import { withApplication } from './application.loader.js';
import { describeToken, shown, type TokenLine } from './token.description.js';
import { UsageError } from './usage.error.js';

/**
 * Says what a token is, whose and for how long, and what the verifier of an application makes of it.
 * What it says of the token alone is not verified.
 *
 * @param entry - the application; `undefined` asks nobody
 * @param text - the token, as it came from standard input
 * @returns the exit code: 1 where the verifier does not take it
 * @throws UsageError where there is no token, or no verifier.
 * @internal
 */
export async function writeToken(
  entry: string | undefined,
  text: string,
  out: (text: string) => void,
): Promise<number> {
  const token = text.trim().replace(/^Bearer +/i, '');
  if (token === '') {
    throw new UsageError('no token came from standard input; give it one: token < token.txt');
  }
  out(describeToken(token).map(toLine).join(''));
  if (entry === undefined) {
    return 0;
  }
  const [code, lines] = await withApplication(entry, async (app) => {
    return verdictOf(await providerOf<GuardRuntime>(app, GUARD_RUNTIME)?.loadVerifier(), token);
  });
  out(lines.map(toLine).join(''));
  return code;
}

async function verdictOf(
  verifier: TokenVerifier | undefined,
  token: string,
): Promise<readonly [code: number, lines: readonly TokenLine[]]> {
  if (verifier === undefined) {
    throw new UsageError('the application has no bearer.verifier that could say anything');
  }
  try {
    const { scopes } = await verifier.verify(token);
    return [
      0,
      [['verifier', `takes it, with the scopes ${scopes.map(shown).join(' ') || 'none'}`]],
    ];
  } catch (error) {
    return [1, reasonsOf(error)];
  }
}

function reasonsOf(error: unknown): readonly TokenLine[] {
  const { name, message, cause } = Object(error) as Partial<Error>;
  const { reason, diagnosis } = Object(cause) as Partial<TokenRefusal>;
  if (reason === undefined) {
    const behind = isError(cause) ? `: ${cause.message}` : '';
    return [['verifier', `cannot tell: ${name ?? 'Error'}: ${message ?? String(error)}${behind}`]];
  }
  const told = diagnosis?.call(cause)?.message;
  return [['verifier', `refuses it: ${reason}`], ...(told ? [['because', told] as const] : [])];
}

function toLine([label, value]: TokenLine): string {
  return `${`${label}:`.padEnd(12)}${value}\n`;
}
