import { jest } from '@jest/globals';
import type { VerifiedToken } from '../../../../lib/tokens/token-verifier.js';
import {
  JwtTokenVerifier,
  type JwtTokenVerifierOptions,
} from '../../../../lib/tokens/jwt/index.js';
import type { Issuer } from '../../../support/issuer.js';

export const AUDIENCE = 'https://api.example.com';

/** Seconds since the epoch, so many from now. */
export function fromNow(seconds: number): number {
  return Math.floor(Date.now() / 1000) + seconds;
}

/** Puts the clock of this process so far ahead; `jest.restoreAllMocks()` puts it right. */
export function passTime(seconds: number): void {
  jest.restoreAllMocks();
  const now = Date.now.bind(Date);
  jest.spyOn(Date, 'now').mockImplementation(() => now() + seconds * 1000);
}

/** A part of a compact JWS. */
export function encode(value: unknown): string {
  return Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString(
    'base64url',
  );
}

/** Claims of a good token of an issuer. */
export function goodClaims(issuer: { url: string }, more: object = {}) {
  const profile = { sub: 'member', client_id: 'client', iat: fromNow(0), jti: 'token' };
  return { iss: issuer.url, aud: AUDIENCE, exp: fromNow(600), ...profile, ...more };
}

export function verifierFor(issuer: Issuer, options: Partial<JwtTokenVerifierOptions> = {}) {
  return new JwtTokenVerifier({ issuer: issuer.url, audience: AUDIENCE, ...options });
}

/** What a verifier makes of a token: the token, or what it throws, at once or later. */
export async function outcomeOf(verifier: JwtTokenVerifier, token: string): Promise<Outcome> {
  try {
    return { token: await verifier.verify(token) };
  } catch (error) {
    return error as Outcome;
  }
}

type Outcome = {
  readonly token?: VerifiedToken;
  readonly name?: string;
  readonly code?: string;
  readonly description?: string;
  readonly retryAfter?: number;
  readonly cause?: { reason?: string; message?: string; kid?: string; iss?: string };
};
