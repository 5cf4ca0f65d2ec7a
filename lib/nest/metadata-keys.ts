import {
  Catch,
  Controller,
  Get,
  Sse,
  UseFilters,
  UseGuards,
  UseInterceptors,
  UsePipes,
} from '@nestjs/common';

/*
 * Where Nest's decorators keep what they are told. The names are not public, so the decorators
 * themselves are asked: each is put on a class of no other use, and what appears there is its key.
 * A decorator that keeps nothing where it did has no key; what is read by it is then not there.
 */

type Key = string | symbol | undefined;

/** The key under which a decorator keeps a value on what it decorates. */
function keyOf(decorate: (target: object) => void, isValue: (value: unknown) => boolean): Key {
  const target = () => undefined;
  try {
    decorate(target);
    const keys = Reflect.getOwnMetadataKeys(target) as (string | symbol)[];
    return keys.find((key) => isValue(Reflect.getOwnMetadata(key, target)));
  } catch {
    return undefined;
  }
}

/** As {@link keyOf}, of a decorator of methods, which keeps it on the function. */
function methodKeyOf(decorator: MethodDecorator, isValue: (value: unknown) => boolean): Key {
  return keyOf((value) => decorator({}, 'method', { value }), isValue);
}

class Probe {
  canActivate(): boolean {
    return true;
  }
  catch(): void {}
  transform(): void {}
  intercept(): never {
    throw new Error('never runs');
  }
}

const isList = (value: unknown) => Array.isArray(value) && value.includes(Probe);
const is = (text: string) => (value: unknown) => [value].flat()[0] === text;

/** @internal */
export const metadataKeys = {
  guards: keyOf((target) => UseGuards(Probe)(target as typeof Probe), isList),
  pipes: keyOf((target) => UsePipes(Probe)(target as typeof Probe), isList),
  interceptors: keyOf((target) => UseInterceptors(Probe)(target as typeof Probe), isList),
  filters: keyOf((target) => UseFilters(Probe)(target as typeof Probe), isList),
  /** Of a filter: the classes of what it catches. */
  catches: keyOf((target) => Catch(Probe)(target as typeof Probe), isList),
  /** Of a controller and of its methods; what has it on a method is a route. */
  path: methodKeyOf(Get('probe'), is('probe')),
  method: methodKeyOf(Get('probe'), (value) => value === 0),
  version: keyOf((target) => Controller({ version: 'probe' })(target as typeof Probe), is('probe')),
  eventStream: methodKeyOf(Sse('probe'), (value) => value === true),
} as const satisfies Readonly<Record<string, Key>>;
