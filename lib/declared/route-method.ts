import type { Type } from '@nestjs/common';
import { MetadataScanner } from '@nestjs/core';

const scanner = new MetadataScanner();

/**
 * The name of the method that is a handler: its place in the class. The function may have another
 * name, of a decorator that wrapped it.
 *
 * @internal
 */
export function methodNameOf(controller: Type, handler: object): string {
  const prototype = controller.prototype as Record<string, unknown>;
  return (
    scanner.getAllMethodNames(prototype).find((name) => prototype[name] === handler) ??
    (handler as { name: string }).name
  );
}
