import {
  objectOf,
  optional,
  type OptionReaders,
  refuseOption,
} from '../../../contract/options/option-readers.js';
import type { JwtTokenVerifierOptions } from '../options/jwt-token-verifier.options.js';
import { readAudience, readIssuerText, textsLike } from './preset.readers.js';

/** What {@link kubernetes} is told. @publicApi */
export interface KubernetesSettings {
  /** `--service-account-issuer` of the cluster. */
  readonly issuer: string;
  /** Audience of the projected token (`serviceAccountToken.audience`); not that of the API server. */
  readonly audience: string | readonly string[];
  /** Service accounts that may call: `'shop/worker'`. Needed, unless there are `namespaces`. */
  readonly serviceAccounts?: string | readonly string[];
  /** Namespaces, any of whose service accounts may call. */
  readonly namespaces?: string | readonly string[];
}

const readSettings = objectOf({
  issuer: readIssuerText,
  audience: readAudience,
  serviceAccounts: optional(
    textsLike(/^[a-z\d-]+\/[a-z\d.-]+$/, "takes service accounts as 'namespace/name'"),
  ),
  namespaces: optional(textsLike(/^[a-z\d-]+$/, 'takes the names of namespaces')),
} satisfies OptionReaders<KubernetesSettings>);

/**
 * Projected tokens of service accounts of Kubernetes. Their header has no `typ`.
 *
 * Refused are service accounts of other namespaces, and tokens of a Secret, which have no `exp`.
 *
 * Source: https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/
 *
 * @throws TypeError where a setting is wrong.
 * @publicApi
 */
export function kubernetes(settings: KubernetesSettings): JwtTokenVerifierOptions {
  const { issuer, audience, serviceAccounts, namespaces } = readSettings(settings, 'kubernetes');
  if (serviceAccounts === undefined && namespaces === undefined) {
    refuseOption('kubernetes: serviceAccounts', 'or namespaces is needed; every pod has a token');
  }
  const subjects = serviceAccounts?.map(
    (account) => `system:serviceaccount:${account.replace('/', ':')}`,
  );
  return {
    issuer,
    audience,
    typ: [null, 'JWT'],
    required: ['sub', 'kubernetes.io'],
    claims: {
      ...(subjects && { sub: subjects }),
      ...(namespaces && { 'kubernetes.io': { namespace: namespaces } }),
    },
  };
}
