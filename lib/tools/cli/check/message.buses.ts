import { decoratorsOf, named } from './decorators.js';
import type { Sink } from './effects.js';
import type { ForeignCall } from './foreign.call.js';
import type { Machine } from './machine.js';
import { membersOf } from './members.js';
import { classesOf } from './routes.js';
import { atomsOf, type ClassAtom, type Value, valueOf } from './values.js';

const CQRS = /^@nestjs\/cqrs$/;

const handlers = new WeakMap<Machine, ReadonlyMap<string, readonly ClassAtom[]>>();

/** What the handlers of a command or a query do that `CommandBus` or `QueryBus` of @nestjs/cqrs is given. @internal */
export function sentToHandlers(
  machine: Machine,
  { call, package: from = '', name, args }: ForeignCall,
  sink: Sink,
): Value[] {
  if (!CQRS.test(from) || name !== 'execute') {
    return [];
  }
  const known = handlers.get(machine) ?? handlersOf(machine);
  handlers.set(machine, known);
  return args
    .flatMap((arg) => atomsOf(arg, 'object'))
    .flatMap(({ type }) => known.get(type.id) ?? [])
    .flatMap((handler) => {
      const self = valueOf(machine.classes.injected(handler));
      const execute = membersOf(machine, self, 'execute', call, sink);
      return (execute && machine.call(execute, args, call, sink)) ?? [];
    });
}

/** The classes that handle a class of messages, by its id. */
function handlersOf(machine: Machine): Map<string, ClassAtom[]> {
  const found = new Map<string, ClassAtom[]>();
  for (const node of classesOf(machine)) {
    for (const { call, frame } of named(
      decoratorsOf(machine, node),
      CQRS,
      'CommandHandler',
      'QueryHandler',
    )) {
      const messages = call.arguments.flatMap((argument) =>
        atomsOf(machine.evaluate(argument, frame, new Map()), 'class'),
      );
      messages.forEach(({ id }) => {
        found.set(id, [...(found.get(id) ?? []), machine.classes.of(node)]);
      });
    }
  }
  return found;
}
