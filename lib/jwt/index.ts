export { type AsymmetricAlgorithm, asymmetricAlgorithms } from '../jws/algorithms.js';
export type { JwtTokenVerifierOptions, TokenCacheOptions } from './jwt-token-verifier.options.js';
export { JwtTokenVerifier } from './jwt-token.verifier.js';
