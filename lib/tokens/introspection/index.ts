export type {
  IntrospectionCacheOptions,
  IntrospectionQuestionsOptions,
  IntrospectionTokenVerifierOptions,
} from './introspection-token-verifier.options.js';
export { IntrospectionTokenVerifier } from './introspection-token.verifier.js';
