export {
  type AsymmetricAlgorithm,
  asymmetricAlgorithms,
  type SymmetricAlgorithm,
  symmetricAlgorithms,
} from '../jws/algorithms.js';
export type { JsonWebKeySet } from '../jws/key-set.js';
export type {
  ClaimValue,
  JwtOptions,
  JwtTokenVerifierOptions,
  TokenCacheOptions,
} from './options/jwt-token-verifier.options.js';
export { JwtTokenVerifier } from './jwt-token.verifier.js';
export { auth0, type Auth0Settings } from './presets/auth0.js';
export { clerk, type ClerkSettings } from './presets/clerk.js';
export { cognito, type CognitoSettings } from './presets/cognito.js';
export { entraId, type EntraIdSettings } from './presets/entra-id.js';
export { firebase, type FirebaseSettings } from './presets/firebase.js';
export { githubActions, type GithubActionsSettings } from './presets/github-actions.js';
export { hydra, type HydraSettings } from './presets/hydra.js';
export { keycloak, type KeycloakSettings } from './presets/keycloak.js';
export { kubernetes, type KubernetesSettings } from './presets/kubernetes.js';
export { okta, type OktaSettings } from './presets/okta.js';
export { pingOne, type PingOneSettings } from './presets/ping-one.js';
export type { RightsMapping } from './presets/rights.js';
export { spiffe, type SpiffeSettings } from './presets/spiffe.js';
export { supabase, type SupabaseSettings } from './presets/supabase.js';
export { zitadel, type ZitadelSettings } from './presets/zitadel.js';
