import {
  flag,
  objectOf,
  type OptionReaders,
  withDefault,
  texts,
} from '../../../contract/options/option-readers.js';
import type { JwtTokenVerifierOptions } from '../options/jwt-token-verifier.options.js';
import { textLike } from './preset.readers.js';

/** What {@link supabase} is told. @publicApi */
export interface SupabaseSettings {
  /** URL of the project: `https://abcdefgh.supabase.co`. */
  readonly url: string;
  /** Legacy JWT secret, of a project without signing keys. @defaultValue the keys that it publishes */
  readonly secret?: string;
  /** Roles of Postgres (`role`) that may call. @defaultValue `'authenticated'` */
  readonly roles?: string | readonly string[];
  /** Whether the role `anon` and users who signed in anonymously may call. @defaultValue `false` */
  readonly allowAnonymous?: boolean;
  /** Whether a second factor is demanded (`aal2`). @defaultValue `false` */
  readonly requireMfa?: boolean;
}

const readSettings = objectOf({
  url: textLike(/^https?:\/\/[^/]+$/, "is the URL of the project: 'https://abcdefgh.supabase.co'"),
  secret: (given: unknown) => given as string | undefined,
  roles: withDefault(['authenticated'], texts('a role')),
  allowAnonymous: flag(),
  requireMfa: flag(),
} satisfies OptionReaders<SupabaseSettings>);

/**
 * Access tokens of Supabase Auth, with signing keys or with the secret of older projects.
 *
 * Refused are the API keys `anon` and `service_role`, which are tokens too, other roles than those
 * named, and users who signed in anonymously.
 *
 * Sources: https://supabase.com/docs/guides/auth/jwt-fields and
 * https://supabase.com/docs/guides/auth/signing-keys
 *
 * @throws TypeError where a setting is wrong.
 * @publicApi
 */
export function supabase(settings: SupabaseSettings): JwtTokenVerifierOptions {
  const { url, secret, ...rights } = readSettings(settings, 'supabase');
  const anonymous = rights.allowAnonymous ? ['anon'] : [];
  const issuer = `${url}/auth/v1`;
  const keys = {
    jwksUri: `${issuer}/.well-known/jwks.json`,
    algorithms: ['ES256', 'RS256'],
  } as const;
  return {
    issuer,
    audience: ['authenticated', ...anonymous],
    ...(secret === undefined ? keys : { secret }),
    typ: 'JWT',
    required: ['sub', 'session_id', 'aal'],
    claims: {
      role: [...rights.roles, ...anonymous],
      ...(rights.requireMfa && { aal: 'aal2' }),
      ...(!rights.allowAnonymous && { is_anonymous: [false, null] }),
    },
  };
}
