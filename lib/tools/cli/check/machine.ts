import type ts from 'typescript';
import type { Effects, Sink, Thrown } from './effects.js';
import type { AnyCall } from './foreign.call.js';
import type { Origins } from './origins.js';
import type { Project } from './project.js';
import type { Atom, ClassAtom, Frame, ObjectAtom, Value } from './values.js';

/** @internal */
export type FunctionAtom = Extract<Atom, { kind: 'function' }>;

/** What reads code: each part of it is a file of its own, and they meet here. @internal */
export interface Machine {
  readonly project: Project;
  readonly origins: Origins;
  readonly classes: Classes;
  readonly providers: Provided;
  readonly foreign: Foreign;
  /** Reads something until nothing new is found. */
  read<Result>(reading: (sink: Sink) => Result): {
    readonly result: Result;
    readonly effects: Effects;
  };
  evaluate(node: ts.Expression, frame: Frame, sink: Sink): Value;
  /** Calls whatever a value may be. */
  call(callee: Value, args: readonly Value[], at: ts.Node, sink: Sink): Value | undefined;
  invoke(fn: FunctionAtom, args: readonly Value[], at: ts.Node, sink: Sink): Value;
  bindParameters(
    node: ts.SignatureDeclaration,
    args: readonly Value[],
    frame: Frame,
    sink: Sink,
  ): void;
  /** Does something unless it is being done. */
  once<Result>(key: string, otherwise: Result, run: () => Result): Result;
  idOf(node: ts.Node): number;
  frameOfFile(file: ts.SourceFile): Frame;
  /** The frame among those around another one that a declaration is in. */
  frameAround(declaration: ts.Node, from: Frame | undefined): Frame;
}

/** The classes of an application, and what extends what. @internal */
export interface Classes {
  of(node: ts.ClassLikeDeclaration, from?: Frame): ClassAtom;
  basesOf(type: ClassAtom): readonly ClassAtom[];
  findMember(type: ClassAtom, name: string, isStatic: boolean): FoundMember | undefined;
  constructorOf(type: ClassAtom): ts.ConstructorDeclaration | undefined;
  /** An instance that dependency injection makes. */
  injected(type: ClassAtom): ObjectAtom;
  isAbstract(node: ts.ClassLikeDeclaration): boolean;
  heirsOf(symbol: ts.Symbol): ts.ClassLikeDeclaration[];
  /** The class of errors that a type is. */
  ofType(type: ts.Type): ClassAtom | undefined;
  ofForeign(symbol: ts.Symbol): ClassAtom | undefined;
}

/** @internal */
export interface FoundMember {
  readonly member: ts.ClassElement | ts.ParameterDeclaration;
  readonly owner: ClassAtom;
}

/** What dependency injection puts where. @internal */
export interface Provided {
  injectedAt(node: ts.ParameterDeclaration | ts.PropertyDeclaration): Value;
  methodsOf(callee: ts.PropertyAccessExpression, sink: Sink): Value | undefined;
  typedMember(node: ts.PropertyAccessExpression, declaration: ts.Declaration, sink: Sink): Value;
}

/** Code that is not read. @internal */
export interface Foreign {
  called(
    machine: Machine,
    call: AnyCall,
    args: readonly Value[],
    receiver: Value,
    frame: Frame,
    sink: Sink,
  ): Value;
  readonly implied: { answersOf(thrown: Thrown): Thrown[] } | undefined;
}
