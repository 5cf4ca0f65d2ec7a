import type ts from 'typescript';
import { addAll, bothOf, NO_EFFECTS, opaqueInto, type Sink } from './effects.js';
import { type AnyCall, type ForeignCall, isDeferredType } from './foreign.call.js';
import { describe } from './foreign.names.js';
import type { ImpliedErrors } from './implied.errors.js';
import { throwDocumented } from './jsdoc.js';
import { sentToHandlers } from './message.buses.js';
import type { Foreign, FunctionAtom, Machine } from './machine.js';
import { caughtValue } from './statements.js';
import { throwValue } from './throwing.js';
import {
  type Frame,
  type Atom,
  atomsOf,
  carrying,
  NOTHING,
  unionOf,
  type Value,
  valueOf,
} from './values.js';

/** What runs its callback when the request is answered, or never. */
const APART =
  /^(?:setTimeout|setInterval|setImmediate|queueMicrotask|nextTick|on|once|addListener|addEventListener|subscribe)$/;
/** What runs nothing of its own that could throw. */
const HARMLESS =
  /^(?:Array|ReadonlyArray|String|Number|Boolean|Map|Set|WeakMap|Math|Object|ObjectConstructor|ArrayConstructor|Date|Promise|PromiseConstructor|Console|Symbol|RegExp)$/;

/** Calls of packages, of Node and of the language: their own code is not read, callbacks are. @internal */
export class ForeignCalls implements Foreign {
  /** What is known of packages' errors, once the application's mappers are read. */
  implied: ImpliedErrors | undefined;

  called(
    machine: Machine,
    call: AnyCall,
    args: readonly Value[],
    receiver: Value,
    frame: Frame,
    sink: Sink,
  ): Value {
    const foreign = { ...describe(machine, call), args, receiver, frame };
    return (
      settled(machine, foreign) ??
      piped(machine, foreign) ??
      rejected(machine, foreign) ??
      this.#any(machine, foreign, sink)
    );
  }

  #any(machine: Machine, foreign: ForeignCall, sink: Sink): Value {
    const { call, args, receiver, name } = foreign;
    if (APART.test(name)) {
      return receiver;
    }
    const own: Sink = new Map();
    const returned = functionsIn(machine, args).map((fn) =>
      machine.invoke(fn, callbackArguments(foreign), call, own),
    );
    if (!isHarmless(machine, foreign)) {
      opaqueInto(own);
    }
    throwDocumented(machine, call, own);
    returned.push(...sentToHandlers(machine, foreign, own));
    this.implied?.add(machine, foreign, own);
    const isDeferred = own.size > 0 && isDeferredCall(machine, foreign);
    const later = [receiver, ...args, ...returned].reduce(
      (all, { carried }) => bothOf(all, carried),
      NO_EFFECTS,
    );
    if (!isDeferred) {
      addAll(sink, own);
    }
    const dropped = name === 'forEach' ? NO_EFFECTS : later;
    return carrying(
      isDeferred ? bothOf(own, dropped) : dropped,
      atomsFrom(machine, foreign, returned),
    );
  }
}

/** `.then()`, `.catch()`, `.finally()` of what is waited for. */
function settled(
  machine: Machine,
  { call, name, args, receiver, package: from }: ForeignCall,
): Value | undefined {
  const isPromise = receiver.carried.size > 0 || from === 'typescript';
  if (!isPromise || !/^(?:then|catch|finally)$/.test(name)) {
    return undefined;
  }
  const [first = NOTHING, second] = args;
  const run = (callback: Value, given: Value): Value => {
    const own: Sink = new Map();
    const value = machine.call(callback, [given], call, own) ?? NOTHING;
    return carrying(bothOf(own, value.carried), value.atoms);
  };
  const handle = (callback: Value): Value =>
    receiver.carried.size === 0 ? NOTHING : run(callback, caughtValue(receiver.carried));
  const resolved = valueOf(...receiver.atoms);
  if (name === 'catch') {
    return unionOf([resolved, handle(first)]);
  }
  if (name === 'finally') {
    return carrying(bothOf(receiver.carried, run(first, NOTHING).carried), receiver.atoms);
  }
  const then = run(first, resolved);
  return second
    ? unionOf([then, handle(second)])
    : carrying(bothOf(receiver.carried, then.carried), then.atoms);
}

/** `.pipe(map(…), catchError(…))`: one operator after the other. */
function piped(
  machine: Machine,
  { call, name, args, receiver, frame }: ForeignCall,
): Value | undefined {
  const { ts: typescript } = machine.project;
  if (name !== 'pipe' || !typescript.isCallExpression(call)) {
    return undefined;
  }
  return call.arguments.reduce<Value>((before, argument, index) => {
    const isCatch =
      typescript.isCallExpression(argument) &&
      machine.origins.is(argument.expression, 'rxjs', 'catchError');
    if (!isCatch) {
      const operator = args[index] ?? NOTHING;
      return carrying(bothOf(before.carried, operator.carried), [
        ...before.atoms,
        ...operator.atoms,
      ]);
    }
    if (before.carried.size === 0) {
      return before;
    }
    const own: Sink = new Map();
    const handler = machine.evaluate(argument.arguments[0]!, frame, own);
    const given = [caughtValue(before.carried), before];
    const value = machine.call(handler, given, call, own) ?? NOTHING;
    return carrying(bothOf(own, value.carried), [...before.atoms, ...value.atoms]);
  }, receiver);
}

/** `Promise.reject(error)`, `throwError(() => error)`, `new Promise((resolve, reject) => …)`. */
function rejected(machine: Machine, foreign: ForeignCall): Value | undefined {
  const { ts: typescript } = machine.project;
  const { call, name, args, package: from } = foreign;
  const [first = NOTHING] = args;
  const own: Sink = new Map();
  const text = typescript.isCallExpression(call) ? call.expression.getText() : '';
  if (text === 'Promise.reject' || (from === 'rxjs' && name === 'throwError')) {
    const made = machine.call(first, [], call, own);
    throwValue(machine, made ?? first, call, own);
    return carrying(own);
  }
  if (typescript.isNewExpression(call) && call.expression.getText() === 'Promise') {
    const [resolve, reject] = (['resolve', 'reject'] as const).map((id) =>
      valueOf({ kind: 'settle', id }),
    );
    const value = machine.call(first, [resolve!, reject!], call, own) ?? NOTHING;
    return carrying(bothOf(own, value.carried));
  }
  return undefined;
}

/** Functions that are handed over, those in objects included. */
function functionsIn(machine: Machine, args: readonly Value[]): FunctionAtom[] {
  const { ts: typescript } = machine.project;
  const inObjects = args.flatMap((arg) =>
    atomsOf(arg, 'literal').flatMap(({ node, frame }) =>
      node.properties.flatMap((property) => {
        const written = typescript.isPropertyAssignment(property)
          ? property.initializer
          : undefined;
        return written && typescript.isFunctionLike(written)
          ? atomsOf(machine.evaluate(written, frame, new Map()), 'function')
          : [];
      }),
    ),
  );
  return [...args.flatMap((arg) => atomsOf(arg, 'function')), ...inObjects];
}

/** An array hands its items on. */
function callbackArguments(foreign: ForeignCall): Value[] {
  const item = valueOf(...foreign.receiver.atoms);
  return foreign.package === 'typescript' && item.atoms.length > 0
    ? [carrying(foreign.receiver.carried, item.atoms), item]
    : [];
}

function atomsFrom(machine: Machine, foreign: ForeignCall, returned: readonly Value[]): Atom[] {
  const { package: from, args, receiver, name } = foreign;
  const isTransparent = from === 'typescript' || from === 'rxjs';
  const made =
    from === '@nestjs/core' && /^(?:get|resolve|create)$/.test(name)
      ? args.flatMap((arg) => atomsOf(arg, 'class')).filter(({ node }) => node)
      : [];
  return unionOf([
    ...returned.map(({ atoms }) => valueOf(...atoms)),
    ...(isTransparent
      ? [receiver, ...args].map(({ atoms }) => valueOf(...atoms.filter(isData)))
      : []),
    ...made.map((type) => valueOf(machine.classes.injected(type))),
  ]).atoms as Atom[];
}

function isData({ kind }: Atom): boolean {
  return kind !== 'text';
}

/** Whether what it throws comes out of what it returns: a promise, an observable, an operator. */
function isDeferredCall(machine: Machine, { call, package: from, name }: ForeignCall): boolean {
  if (from === 'rxjs') {
    return true;
  }
  if (
    from === 'typescript' &&
    /^(?:map|filter|forEach|reduce|some|every|find|flatMap|sort)$/.test(name)
  ) {
    return false;
  }
  const type = machine.project.checker.getTypeAtLocation(call);
  return isDeferredType(type);
}

function isHarmless(machine: Machine, { call, package: from, name }: ForeignCall): boolean {
  // Operators throw what their functions do, but for those that miss a value
  if (from === 'rxjs') {
    return !/^(?:timeout|first|last|single|throwIfEmpty|firstValueFrom|lastValueFrom|ajax)$/.test(
      name,
    );
  }
  const { ts: typescript, checker } = machine.project;
  const callee = typescript.isTaggedTemplateExpression(call) ? call.tag : call.expression;
  if (!typescript.isPropertyAccessExpression(callee)) {
    return false;
  }
  const [declaration] = checker.getSymbolAtLocation(callee.name)?.declarations ?? [];
  const owner = declaration?.parent as { name?: ts.Node } | undefined;
  return HARMLESS.test(owner?.name?.getText() ?? '');
}
