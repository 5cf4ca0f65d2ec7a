import type { Type } from '@nestjs/common';
import { classOf } from './route-enhancers.js';

/** Where `@SkipThrottle()` keeps what it skips, with the throttler's name. */
const SKIP = 'THROTTLER:SKIP';

/**
 * Whether the guard of @nestjs/throttler, or a subclass, limits a route. Known by its name: the
 * package is no dependency of this one.
 *
 * @internal
 */
export function isThrottled(guard: unknown, controller: Type, handler: object): boolean {
  if (!isThrottlerGuard(classOf(guard))) {
    return false;
  }
  return !throttlerNames(guard).every((name) => {
    // The method's word counts before its class'
    const skipped: unknown =
      Reflect.getMetadata(SKIP + name, handler) ?? Reflect.getMetadata(SKIP + name, controller);
    return skipped === true;
  });
}

function isThrottlerGuard(type: Type | undefined): boolean {
  for (let current: unknown = type; typeof current === 'function';) {
    if (current.name === 'ThrottlerGuard') {
      return true;
    }
    current = Object.getPrototypeOf(current);
  }
  return false;
}

/** As configured, which the guard keeps under `options`. */
function throttlerNames(guard: unknown): string[] {
  const { options } = guard as { options?: unknown };
  const list = Array.isArray(options)
    ? (options as unknown[])
    : (options as { throttlers?: unknown[] } | undefined)?.throttlers;
  const names = (list ?? []).map((one) => (one as { name?: string }).name ?? 'default');
  return names.length > 0 ? names : ['default'];
}
