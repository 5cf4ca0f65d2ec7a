import { apiErrorMatchers } from './matchers.js';

const { expect } = globalThis as { expect?: { extend?(matchers: object): void } };

// Jest, and Vitest with `globals: true`; elsewhere the application extends its own `expect`
expect?.extend?.(apiErrorMatchers);
