import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import type ts from 'typescript';
import { UsageError } from '../usage.error.js';

/** The compiler's own API. @internal */
export type TypeScript = typeof ts;

/**
 * The TypeScript that an application is compiled with: it knows the syntax that is written there.
 *
 * @throws UsageError where there is none, or one without an API.
 * @internal
 */
export function typeScriptOf(folder: string): TypeScript {
  const load = createRequire(join(resolve(folder), 'package.json'));
  let found: Partial<TypeScript>;
  try {
    found = load('typescript') as Partial<TypeScript>;
  } catch {
    throw new UsageError(
      `${folder} has no typescript to read its source with; run: npm install --save-dev typescript`,
    );
  }
  if (typeof found.createProgram !== 'function') {
    throw new UsageError(
      `typescript ${found.version ?? ''} of ${folder} has no compiler API, which 5 and 6 have; ` +
        'run: npm install --no-save typescript@6',
    );
  }
  return found as TypeScript;
}
