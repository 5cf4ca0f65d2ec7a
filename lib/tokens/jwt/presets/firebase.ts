import {
  flag,
  objectOf,
  optional,
  type OptionReaders,
} from '../../../contract/options/option-readers.js';
import type { JwtTokenVerifierOptions } from '../options/jwt-token-verifier.options.js';
import { textLike } from './preset.readers.js';
import { readMapping, type RightsMapping, scopesWith } from './rights.js';

/** What {@link firebase} is told. @publicApi */
export interface FirebaseSettings {
  /** The project, of Firebase Authentication or of Identity Platform. */
  readonly projectId: string;
  /** Whether users may call whose email nobody verified, or who have none. @defaultValue `false` */
  readonly allowUnverifiedEmail?: boolean;
  /** What names in the custom claim `roles` are as scopes. @defaultValue none */
  readonly roles?: RightsMapping;
}

const readSettings = objectOf({
  projectId: textLike(/^[\w:.-]+$/, 'is needed: the ID of the project'),
  allowUnverifiedEmail: flag(),
  roles: optional(readMapping),
} satisfies OptionReaders<FirebaseSettings>);

/**
 * Tokens of Firebase Authentication and of Google's Identity Platform. They are ID tokens, which these
 * issue for one's own backend; there are no others.
 *
 * Refused are tokens of other projects, and of users whose email is not verified: who signs up with
 * somebody else's address has a token that names it.
 *
 * Source: https://firebase.google.com/docs/auth/admin/verify-id-tokens#verify_id_tokens_using_a_third-party_jwt_library
 *
 * @throws TypeError where a setting is wrong.
 * @publicApi
 */
export function firebase(settings: FirebaseSettings): JwtTokenVerifierOptions {
  const { projectId, allowUnverifiedEmail, roles } = readSettings(settings, 'firebase');
  return {
    issuer: `https://securetoken.google.com/${projectId}`,
    jwksUri:
      'https://www.googleapis.com/service_accounts/v1/jwk/securetoken@system.gserviceaccount.com',
    audience: projectId,
    algorithms: ['RS256'],
    typ: 'JWT',
    required: ['sub', 'iat', 'auth_time', 'firebase'],
    ...(!allowUnverifiedEmail && { claims: { email_verified: true } }),
    ...scopesWith({ mapping: roles, namesOf: (claims) => claims['roles'] }),
  };
}
