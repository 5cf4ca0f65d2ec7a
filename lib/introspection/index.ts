export type {
  IntrospectionCacheOptions,
  IntrospectionTokenVerifierOptions,
} from './introspection-token-verifier.options.js';
export { IntrospectionTokenVerifier } from './introspection-token.verifier.js';
