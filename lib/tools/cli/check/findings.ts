import type ts from 'typescript';
import { keyOf } from '../../../contract/catalogue/catalogue-entry.js';
import { type Declaration, declarationsAt, declarationsOf, keysOf } from './declared.errors.js';
import { addAll, type Effect, type Effects, type Sink } from './effects.js';
import { type Enhancer, enhancersOf, globalEnhancers } from './enhancers.js';
import type { CheckFinding, CheckResult } from './finding.js';
import type { Machine } from './machine.js';
import { type Route, routesOf } from './routes.js';
import { guardErrors, requestErrors } from './surrounding.errors.js';
import {
  throughInterceptor,
  thrownByEnhancer,
  thrownByHandler,
  withoutCaught,
} from './thrown.errors.js';

/** Compares what every handler throws with what it declares. @internal */
export function checkApplication(machine: Machine): CheckResult {
  return new Check(machine).run();
}

interface Reached {
  readonly route: Route;
  readonly effects: Effects;
}

class Check {
  readonly #global: readonly Enhancer[];
  readonly #enhancers = new Map<string, Effects>();
  readonly #findings: CheckFinding[] = [];

  constructor(private readonly machine: Machine) {
    this.#global = globalEnhancers(machine);
  }

  run(): CheckResult {
    const reached = routesOf(this.machine).map((route) => this.#route(route));
    this.#neverThrownByClasses(reached);
    const routes = reached.map(({ route, effects }) => ({
      route,
      declared: declarationsOf(this.machine, route),
      thrown: [...effects.values()].filter((effect) => effect.kind === 'thrown'),
    }));
    return { routes, findings: unique(this.#findings) };
  }

  #route(route: Route): Reached {
    const { machine } = this;
    const enhancers = [...this.#global, ...enhancersOf(machine, route)];
    let own = thrownByHandler(machine, route);
    for (const interceptor of enhancers.filter(({ kind }) => kind === 'interceptor')) {
      own = throughInterceptor(machine, interceptor, own, this.#enhancer(interceptor));
    }
    const filters = enhancers.filter(({ kind }) => kind === 'filter');
    own = withoutCaught(machine, own, filters);
    const all: Sink = new Map(own);
    for (const enhancer of enhancers) {
      addAll(all, withoutCaught(machine, this.#enhancer(enhancer), filters));
    }
    const declared = declarationsOf(machine, route);
    this.#compare(route, own, declared, enhancers);
    this.#neverThrown(route, all, declared);
    return { route, effects: all };
  }

  /** An enhancer is declared once, on its own class. */
  #enhancer(enhancer: Enhancer): Effects {
    const { object } = enhancer;
    if (!object?.type.node) {
      return new Map();
    }
    const key = `${enhancer.kind} ${object.id}`;
    const known = this.#enhancers.get(key);
    if (known) {
      return known;
    }
    const effects = thrownByEnhancer(this.machine, enhancer);
    this.#enhancers.set(key, effects);
    const { node } = object.type;
    const name = node.name?.text ?? `(${enhancer.kind})`;
    const declared = declarationsAt(this.machine, node);
    const keys = keysOf(declared);
    this.#undeclared(effects, node, node, name, keys, new Set());
    if (!hasUnfollowed(effects)) {
      this.#unneeded(declared, effects, name);
    }
    return effects;
  }

  #compare(
    route: Route,
    own: Effects,
    declared: readonly Declaration[],
    enhancers: readonly Enhancer[],
  ): void {
    const { machine } = this;
    const keys = new Set([
      ...keysOf(declared),
      ...requestErrors(machine, route, enhancers),
      ...enhancers.flatMap(({ object }) =>
        object?.type.node ? [...keysOf(declarationsAt(machine, object.type.node))] : [],
      ),
    ]);
    const guarded = guardErrors(machine, route, enhancers);
    this.#undeclared(own, route.method.name, route.method, route.name, keys, guarded);
  }

  #undeclared(
    effects: Effects,
    at: ts.Node,
    on: ts.Node,
    name: string,
    declared: ReadonlySet<string>,
    guarded: ReadonlySet<string>,
  ): void {
    const told = new Set<string>();
    for (const effect of effects.values()) {
      if (effect.kind === 'unfollowed') {
        const { reason, steps } = effect;
        this.#findings.push({
          kind: 'unfollowed',
          at: steps.at(-1)?.node ?? at,
          name,
          reason,
          steps,
          on,
        });
      } else if (effect.kind === 'thrown' && effect.thrown.row) {
        const { row, naming } = effect.thrown;
        const key = keyOf(row);
        // 500 is told of every route
        if (declared.has(key) || told.has(key) || key === '500 INTERNAL_SERVER_ERROR') {
          continue;
        }
        told.add(key);
        const kind = guarded.has(key) ? 'implied' : 'undeclared';
        this.#findings.push({ kind, at, name, row, naming, steps: effect.steps, on });
      }
    }
  }

  /** Of what stands on the method itself; a class is asked once all of its handlers are known. */
  #neverThrown(route: Route, effects: Effects, declared: readonly Declaration[]): void {
    const own = declared.filter(({ on }) => on === route.method);
    if (!hasUnfollowed(effects)) {
      this.#unneeded(own, effects, route.name);
    }
  }

  #neverThrownByClasses(reached: readonly Reached[]): void {
    const byClass = new Map<ts.Node, Reached[]>();
    const declarations = new Map<ts.Node, Declaration[]>();
    for (const one of reached) {
      for (const declaration of declarationsOf(this.machine, one.route)) {
        const { on } = declaration;
        if (this.machine.project.ts.isClassLike(on)) {
          byClass.set(on, [...(byClass.get(on) ?? []), one]);
          declarations.set(on, [...(declarations.get(on) ?? []), declaration]);
        }
      }
    }
    for (const [node, routes] of byClass) {
      const all: Sink = new Map();
      routes.forEach(({ effects }) => addAll(all, effects));
      if (!hasUnfollowed(all)) {
        const name = (node as ts.ClassDeclaration).name?.text ?? '(class)';
        this.#unneeded(declarations.get(node)!, all, name);
      }
    }
  }

  #unneeded(declared: readonly Declaration[], effects: Effects, name: string): void {
    const thrown = new Set(
      [...effects.values()].flatMap((effect) =>
        effect.kind === 'thrown' && effect.thrown.row ? [keyOf(effect.thrown.row)] : [],
      ),
    );
    for (const declaration of declared) {
      if (!thrown.has(keyOf(declaration.row))) {
        const { row, argument, on } = declaration;
        this.#findings.push({
          kind: 'never-thrown',
          at: argument,
          name,
          row,
          declaration,
          steps: [],
          on,
        });
      }
    }
  }
}

function hasUnfollowed(effects: Effects): boolean {
  return [...effects.values()].some((effect: Effect) => effect.kind === 'unfollowed');
}

/** What several routes lead to is told once. */
function unique(findings: readonly CheckFinding[]): CheckFinding[] {
  const known = new Set<string>();
  return findings.filter(({ kind, at, row, reason }) => {
    const key = `${kind} ${at.getSourceFile().fileName} ${at.pos} ${row ? keyOf(row) : reason}`;
    return known.has(key) ? false : known.add(key);
  });
}
