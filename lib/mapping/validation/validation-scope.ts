import type { ArgumentMetadata } from '@nestjs/common';
import type { ApplicationConfig } from '@nestjs/core';
import type { Handler } from '../../nest/handlers.js';
import { isGlobalValidationPipe } from './global-validation.pipe.js';
import type { ValidationOptions } from './validation.options.js';
import type { CurrentHandler } from '../../nest/current-handler.js';
import { globalPipes, isPipeOfValues, isValidationPipe } from '../../nest/pipes.js';
import { classOf, ownEnhancers } from '../../nest/route-enhancers.js';
import { type RouteParameter, routeParameters } from '../../nest/route-parameters.js';

/** Whose a parameter is to validate: `'objects'` is ours unless a pipe of its own makes one of text. */
type Validator = 'ours' | 'objects' | 'theirs';

interface Decision {
  readonly validator: Validator;
  readonly handler: Handler;
}

type Decisions = Map<unknown, Map<string, Decision[]>>;

/** What is named by `type` of Nest's metadata. */
const PLACES: Readonly<Record<RouteParameter['in'], ArgumentMetadata['type']>> = {
  body: 'body',
  query: 'query',
  path: 'param',
  other: 'custom',
};

/**
 * Which parameters the validation of this library is for: it stands back wherever the application
 * brings a validation pipe of its own, global, of a controller, of a method or of a parameter.
 *
 * A global pipe is not told which handler a value is for. Its class, its place and its name tell
 * nearly always; where they do not, the handler is noted on the way.
 *
 * @internal
 */
export class ValidationScope {
  /** The pipes of controllers, of methods and of parameters. */
  readonly pipes = new Set<unknown>();
  /** By class or schema, then by place and name; where handlers differ, what each of them has. */
  readonly #validators: ReadonlyMap<unknown, ReadonlyMap<string, Validator | Decision[]>>;
  #globalPipes = 0;
  #standsBack = false;

  /**
   * @param asked - what the application wants; where it did not say, what its own pipes make is left
   * alone too
   */
  constructor(
    handlers: readonly Handler[],
    private readonly config: ApplicationConfig | undefined,
    private readonly current: CurrentHandler,
    readonly asked: ValidationOptions | false | undefined,
  ) {
    const decisions: Decisions = new Map();
    for (const handler of handlers) {
      const around = ownEnhancers('pipes', handler.type, handler.handler);
      around.forEach((pipe) => this.pipes.add(pipe));
      for (const parameter of routeParameters(handler.type, handler.method)) {
        parameter.pipes.forEach((pipe) => this.pipes.add(pipe));
        if (asked !== false) {
          this.#add(decisions, handler, parameter, around);
        }
      }
    }
    this.#validators = mapValues(decisions, (byName) => mapValues(byName, commonValidator));
  }

  /** What to say of it where options are given and not used; else `undefined`. */
  get warning(): string | undefined {
    const own = this.asked ? this.#globalPipe() : undefined;
    return own === undefined
      ? undefined
      : `The application validates with ${classOf(own)?.name}, so that the options validation of ` +
          'ErrorsModule are not used. Remove that pipe, or these options.';
  }

  /** The validation pipe that the application itself has for everything. */
  #globalPipe(): unknown {
    return globalPipes(this.config).find((pipe) => isOwnValidationPipe(pipe));
  }

  /** Whether some parameters can't be told apart without their handler. */
  get needsHandler(): boolean {
    return [...this.#validators.values()].some((byName) =>
      [...byName.values()].some((validator) => typeof validator !== 'string'),
    );
  }

  /** Whether a value that comes to the global pipe is for this library to validate. */
  covers(value: unknown, metadata: ArgumentMetadata): boolean {
    if (this.#isStoodBack()) {
      return false;
    }
    const { schema } = metadata as { readonly schema?: unknown };
    const known = this.#validators
      .get(schema ?? metadata.metatype)
      ?.get(keyOf(metadata.type, metadata.data));
    const validator = typeof known === 'object' ? this.#choose(known) : (known ?? 'ours');
    return validator === 'ours' || (validator === 'objects' && typeof value === 'object');
  }

  /** Whether a parameter of a handler is for this library to validate. */
  isFor(parameter: RouteParameter, pipesAround: readonly unknown[]): boolean {
    const validator = this.#validatorOf(parameter, pipesAround);
    const isText = parameter.name !== undefined && parameter.in !== 'body';
    return (
      this.asked !== false &&
      !this.#isStoodBack() &&
      (validator === 'ours' || (validator === 'objects' && !isText))
    );
  }

  #add(
    decisions: Decisions,
    handler: Handler,
    parameter: RouteParameter,
    around: readonly unknown[],
  ): void {
    const { metatype, schema, name } = parameter;
    const subject = schema ?? metatype;
    if (subject !== undefined) {
      const decision = { validator: this.#validatorOf(parameter, around), handler };
      const byName = entryOf(decisions, subject, () => new Map<string, Decision[]>());
      entryOf(byName, keyOf(PLACES[parameter.in], name), () => []).push(decision);
    }
  }

  #validatorOf({ pipes }: RouteParameter, everyone: readonly unknown[]): Validator {
    // On a gateway it is this library's own
    const around = everyone.filter((pipe) => !isGlobalValidationPipe(pipe));
    if ([...around, ...pipes].some((pipe) => isOwnValidationPipe(pipe))) {
      return 'theirs';
    }
    if (this.asked === undefined) {
      return [...around, ...pipes].every((pipe) => isPipeOfValues(pipe)) ? 'ours' : 'theirs';
    }
    return pipes.every((pipe) => isPipeOfValues(pipe)) ? 'ours' : 'objects';
  }

  #choose(decisions: readonly Decision[]): Validator {
    const handled = this.current.get();
    const found = decisions.find(
      ({ handler }) => handler.type === handled?.controller && handler.handler === handled.handler,
    );
    return found?.validator ?? 'ours';
  }

  /** Pipes may be added until the application listens; each is looked at once. */
  #isStoodBack(): boolean {
    const { config } = this;
    const count = config
      ? config.getGlobalPipes().length + config.getGlobalRequestPipes().length
      : 0;
    if (count !== this.#globalPipes) {
      this.#globalPipes = count;
      this.#standsBack = this.#globalPipe() !== undefined;
    }
    return this.#standsBack;
  }
}

/** Whether a pipe of the application validates. */
function isOwnValidationPipe(pipe: unknown): boolean {
  return isValidationPipe(pipe) && !isGlobalValidationPipe(pipe);
}

/** What all handlers have, where they have the same: what is asked of each value is then one look-up. */
function commonValidator(decisions: Decision[]): Validator | Decision[] {
  const { validator } = decisions[0]!;
  return decisions.every((decision) => decision.validator === validator) ? validator : decisions;
}

function mapValues<Key, Value, Made>(
  map: ReadonlyMap<Key, Value>,
  make: (value: Value) => Made,
): Map<Key, Made> {
  return new Map([...map].map(([key, value]) => [key, make(value)]));
}

function entryOf<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const value = map.get(key) ?? make();
  map.set(key, value);
  return value;
}

function keyOf(type: string, data: unknown): string {
  return `${type} ${typeof data === 'string' ? data : ''}`;
}
