import type ts from 'typescript';
import { callValue } from './calls.js';
import { ClassIndex } from './class.index.js';
import {
  addAll,
  bothOf,
  type Effects,
  loseInto,
  NO_EFFECTS,
  type Sink,
  withStep,
} from './effects.js';
import { evaluate } from './expressions.js';
import type { ForeignCalls } from './foreign.calls.js';
import { Origins } from './origins.js';
import { bindName } from './patterns.js';
import { isDeferred, nameOf } from './function.names.js';
import type { FunctionAtom, Machine } from './machine.js';
import type { Project } from './project.js';
import { Providers } from './providers.js';
import { walk } from './statements.js';
import { Frame, carrying, idOfValue, NOTHING, unionOf, type Value } from './values.js';

/** What is known of a call of a function, which grows until nothing new is found. */
interface Summary {
  effects: Effects;
  value: Value;
  round: number;
  isFinal: boolean;
}

const MAX_DEPTH = 120;
/** Calls of one function inside each other, whose arguments differ. */
const MAX_NESTED = 3;

/**
 * Reads what functions do without running them: what they return, and what they throw. Each call is
 * read once for each set of arguments that makes a difference; what calls itself is read again until
 * nothing is new.
 *
 * @internal
 */
export class Interpreter implements Machine {
  readonly origins: Origins;
  readonly classes: ClassIndex;
  readonly providers: Providers;
  readonly #summaries = new Map<string, Summary>();
  readonly #frameIds = new Map<string, string>();
  readonly #nodeIds = new Map<ts.Node, number>();
  readonly #roots = new Map<ts.SourceFile, Frame>();
  readonly #busy = new Map<string, number>();
  #touched = new Set<Summary>();
  #round = 0;
  #depth = 0;
  #hasRecursed = false;
  #hasChanged = false;

  constructor(
    readonly project: Project,
    readonly foreign: ForeignCalls,
  ) {
    this.origins = new Origins(project);
    this.classes = new ClassIndex(this);
    this.providers = new Providers(this);
  }

  /** Reads something until nothing new is found. */
  read<Result>(reading: (sink: Sink) => Result): { result: Result; effects: Effects } {
    for (;;) {
      this.#round += 1;
      this.#hasRecursed = false;
      this.#hasChanged = false;
      const sink: Sink = new Map();
      const result = reading(sink);
      if (!this.#hasRecursed || !this.#hasChanged) {
        this.#touched.forEach((summary) => (summary.isFinal = true));
        this.#touched = new Set();
        return { result, effects: sink };
      }
    }
  }

  evaluate(node: ts.Expression, frame: Frame, sink: Sink): Value {
    return evaluate(this, node, frame, sink);
  }

  /** Calls whatever a value may be. */
  call(callee: Value, args: readonly Value[], at: ts.Node, sink: Sink): Value | undefined {
    return callValue(this, callee, args, at, sink);
  }

  /** Calls a function, or an expression of what is called such as a method. */
  invoke(fn: FunctionAtom, given: readonly Value[], at: ts.Node, sink: Sink): Value {
    const nodeId = this.idOf(fn.node);
    const nested = this.#busy.get(`node ${nodeId}`) ?? 0;
    const args = nested >= MAX_NESTED ? [] : given.slice(0, 12);
    const key = `${nodeId}|${fn.frame.id}|${fn.self?.id ?? ''}|${args.map(idOfValue).join('|')}`;
    const summary = this.#summaryOf(key, fn, args, at, sink);
    const step = { name: nameOf(this.project.ts, fn), node: at };
    addAll(sink, summary.effects, step);
    return carrying(withStep(summary.value.carried, step), summary.value.atoms);
  }

  #summaryOf(
    key: string,
    fn: FunctionAtom,
    args: readonly Value[],
    at: ts.Node,
    sink: Sink,
  ): Summary {
    const known = this.#summaries.get(key);
    if (known && (known.isFinal || known.round === this.#round)) {
      return known;
    }
    if (known && this.#busy.has(key)) {
      this.#hasRecursed = true;
      return known;
    }
    if (this.#depth > MAX_DEPTH) {
      loseInto(sink, 'too many calls inside each other', at);
      return { effects: NO_EFFECTS, value: NOTHING, round: 0, isFinal: false };
    }
    const summary = known ?? { effects: NO_EFFECTS, value: NOTHING, round: 0, isFinal: false };
    this.#summaries.set(key, summary);
    this.#touched.add(summary);
    this.#whileBusy([key, `node ${this.idOf(fn.node)}`], () => this.#grow(summary, key, fn, args));
    summary.round = this.#round;
    return summary;
  }

  #grow(summary: Summary, key: string, fn: FunctionAtom, args: readonly Value[]): void {
    const { effects, value } = this.#run(fn, args, this.#frameId(key));
    const allEffects = bothOf(summary.effects, effects);
    const allValues = unionOf([summary.value, value]);
    if (
      allEffects.size !== summary.effects.size ||
      idOfValue(allValues) !== idOfValue(summary.value)
    ) {
      this.#hasChanged = true;
    }
    summary.effects = allEffects;
    summary.value = allValues;
  }

  #run(fn: FunctionAtom, args: readonly Value[], id: string): { effects: Effects; value: Value } {
    const { ts: typescript } = this.project;
    const { node } = fn;
    const isArrow = typescript.isArrowFunction(node);
    const frame = new Frame(node, id, fn.frame, isArrow ? fn.frame.self : fn.self);
    const sink: Sink = new Map();
    this.bindParameters(node, args, frame, sink);
    const { body } = node as ts.FunctionLikeDeclaration;
    if (body && typescript.isBlock(body)) {
      walk(this, body.statements, frame, sink);
    } else if (body) {
      frame.returned = this.evaluate(body, frame, sink);
    }
    const { returned } = frame;
    return isDeferred(typescript, node)
      ? { effects: NO_EFFECTS, value: carrying(bothOf(sink, returned.carried), returned.atoms) }
      : { effects: sink, value: returned };
  }

  bindParameters(
    node: ts.SignatureDeclaration,
    args: readonly Value[],
    frame: Frame,
    sink: Sink,
  ): void {
    node.parameters.forEach((parameter, index) => {
      const given = parameter.dotDotDotToken ? unionOf(args.slice(index)) : args[index];
      const value =
        given ?? (parameter.initializer && this.evaluate(parameter.initializer, frame, sink));
      bindName(this, parameter.name, value ?? NOTHING, frame, sink);
    });
  }

  /** Does something unless it is being done. */
  once<Result>(key: string, otherwise: Result, run: () => Result): Result {
    if (this.#busy.has(key)) {
      this.#hasRecursed = true;
      return otherwise;
    }
    return this.#whileBusy([key], run);
  }

  #whileBusy<Result>(keys: readonly string[], run: () => Result): Result {
    this.#depth += 1;
    keys.forEach((key) => this.#busy.set(key, (this.#busy.get(key) ?? 0) + 1));
    try {
      return run();
    } finally {
      this.#depth -= 1;
      keys.forEach((key) => {
        const left = this.#busy.get(key)! - 1;
        if (left === 0) {
          this.#busy.delete(key);
        } else {
          this.#busy.set(key, left);
        }
      });
    }
  }

  idOf(node: ts.Node): number {
    if (!this.#nodeIds.has(node)) {
      this.#nodeIds.set(node, this.#nodeIds.size);
    }
    return this.#nodeIds.get(node)!;
  }

  frameOfFile(file: ts.SourceFile): Frame {
    if (!this.#roots.has(file)) {
      this.#roots.set(file, new Frame(file, `file ${this.#roots.size}`));
    }
    return this.#roots.get(file)!;
  }

  /** The frame among those around another one that a declaration is in. */
  frameAround(declaration: ts.Node, from: Frame | undefined): Frame {
    for (let frame = from; frame; frame = frame.parent) {
      const { node } = frame;
      if (declaration.pos >= node.pos && declaration.end <= node.end && node !== declaration) {
        if (declaration.getSourceFile() === node.getSourceFile()) {
          return frame;
        }
      }
    }
    return this.frameOfFile(declaration.getSourceFile());
  }

  #frameId(key: string): string {
    if (!this.#frameIds.has(key)) {
      this.#frameIds.set(key, `f${this.#frameIds.size}`);
    }
    return this.#frameIds.get(key)!;
  }
}
