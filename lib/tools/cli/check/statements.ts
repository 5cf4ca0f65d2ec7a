import type ts from 'typescript';
import { addAll, type Effects, NO_EFFECTS, type Sink } from './effects.js';
import type { Machine } from './machine.js';
import { caughtId, narrowFrom, whereTrue } from './narrowing.js';
import { bindName } from './patterns.js';
import { throwValue } from './throwing.js';
import { type Frame, carrying, NOTHING, unionOf, type Value, valueOf } from './values.js';

/** Reads statements in their order, up to where they end. @internal */
export function walk(
  machine: Machine,
  statements: readonly ts.Statement[],
  frame: Frame,
  sink: Sink,
): void {
  const { ts: typescript } = machine.project;
  const restores: (() => void)[] = [];
  for (const statement of statements) {
    walkOne(machine, statement, frame, sink);
    if (ends(typescript, statement)) {
      break;
    }
    const restore = typescript.isIfStatement(statement)
      ? behind(machine, statement, frame)
      : () => undefined;
    if (!restore) {
      break;
    }
    restores.push(restore);
  }
  restores.toReversed().forEach((restore) => restore());
}

/** What follows an `if` that ends knows that its condition does not hold. */
function behind(machine: Machine, node: ts.IfStatement, frame: Frame): (() => void) | undefined {
  const { ts: typescript } = machine.project;
  const isEnded = ends(typescript, node.thenStatement);
  const isElseEnded = node.elseStatement !== undefined && ends(typescript, node.elseStatement);
  return isEnded === isElseEnded
    ? () => undefined
    : narrowFrom(machine, node.expression, isElseEnded, frame);
}

function walkOne(machine: Machine, node: ts.Statement, frame: Frame, sink: Sink): void {
  const { ts: typescript } = machine.project;
  if (typescript.isVariableStatement(node)) {
    declare(machine, node.declarationList, frame, sink);
  } else if (typescript.isExpressionStatement(node)) {
    collect(machine, node.expression, frame, sink);
  } else if (typescript.isReturnStatement(node)) {
    const value = node.expression ? machine.evaluate(node.expression, frame, sink) : NOTHING;
    frame.returned = unionOf([frame.returned, value]);
  } else if (typescript.isThrowStatement(node)) {
    throwValue(machine, machine.evaluate(node.expression, frame, sink), node, sink);
  } else if (typescript.isIfStatement(node)) {
    walkIf(machine, node, frame, sink);
  } else if (typescript.isTryStatement(node)) {
    walkTry(machine, node, frame, sink);
  } else if (typescript.isBlock(node)) {
    walk(machine, node.statements, frame, sink);
  } else if (typescript.isSwitchStatement(node)) {
    machine.evaluate(node.expression, frame, sink);
    for (const clause of node.caseBlock.clauses) {
      walk(machine, clause.statements, frame, sink);
    }
  } else if (typescript.isLabeledStatement(node)) {
    walkOne(machine, node.statement, frame, sink);
  } else if (typescript.isIterationStatement(node, false)) {
    walkLoop(machine, node, frame, sink);
  }
}

function declare(
  machine: Machine,
  { declarations }: ts.VariableDeclarationList,
  frame: Frame,
  sink: Sink,
): void {
  for (const { name, initializer } of declarations) {
    const value = initializer ? machine.evaluate(initializer, frame, sink) : NOTHING;
    bindName(machine, name, value, frame, sink);
  }
}

/** `tasks.push(task)`: what the variable has from here on. Promises that nobody waits for are lost. */
function collect(machine: Machine, node: ts.Expression, frame: Frame, sink: Sink): void {
  const { ts: typescript, checker } = machine.project;
  machine.evaluate(node, frame, sink);
  if (
    !typescript.isCallExpression(node) ||
    !typescript.isPropertyAccessExpression(node.expression) ||
    !typescript.isIdentifier(node.expression.expression) ||
    !/^(?:push|unshift|add|set)$/.test(node.expression.name.text)
  ) {
    return;
  }
  const symbol = checker.getSymbolAtLocation(node.expression.expression);
  const owner = symbol && frame.ownerOf(symbol);
  if (owner) {
    const added = node.arguments.map((argument) => machine.evaluate(argument, frame, new Map()));
    owner.set(symbol, unionOf([owner.get(symbol) ?? NOTHING, ...added]));
  }
}

function walkIf(machine: Machine, node: ts.IfStatement, frame: Frame, sink: Sink): void {
  const { expression, thenStatement, elseStatement } = node;
  machine.evaluate(expression, frame, sink);
  whereTrue(machine, expression, true, frame, () => walkOne(machine, thenStatement, frame, sink));
  if (elseStatement) {
    whereTrue(machine, expression, false, frame, () =>
      walkOne(machine, elseStatement, frame, sink),
    );
  }
}

function walkTry(machine: Machine, node: ts.TryStatement, frame: Frame, sink: Sink): void {
  const { ts: typescript } = machine.project;
  const { tryBlock, catchClause, finallyBlock } = node;
  const tried: Sink = new Map();
  walk(machine, tryBlock.statements, frame, tried);
  const out: Sink = new Map();
  if (!catchClause) {
    addAll(out, tried);
  } else if (tried.size > 0) {
    const name = catchClause.variableDeclaration?.name;
    if (name) {
      bindName(machine, name, caughtValue(tried), frame, out);
    }
    walk(machine, catchClause.block.statements, frame, out);
  }
  if (finallyBlock) {
    walk(machine, finallyBlock.statements, frame, sink);
  }
  if (!finallyBlock || !ends(typescript, finallyBlock)) {
    addAll(sink, out);
  }
}

/** @internal */
export function caughtValue(effects: Effects): Value {
  return valueOf({ kind: 'caught', id: caughtId(effects), effects });
}

function walkLoop(machine: Machine, node: ts.IterationStatement, frame: Frame, sink: Sink): void {
  const { ts: typescript } = machine.project;
  if (typescript.isForOfStatement(node) || typescript.isForInStatement(node)) {
    const items = machine.evaluate(node.expression, frame, sink);
    const isIterated = typescript.isForOfStatement(node) && iterates(machine, node);
    addAll(sink, isIterated ? items.carried : NO_EFFECTS);
    if (typescript.isVariableDeclarationList(node.initializer)) {
      const item = carrying(isIterated ? NO_EFFECTS : items.carried, items.atoms);
      node.initializer.declarations.forEach(({ name }) =>
        bindName(machine, name, item, frame, sink),
      );
    }
  } else if (typescript.isForStatement(node)) {
    const { initializer, condition, incrementor } = node;
    if (initializer && typescript.isVariableDeclarationList(initializer)) {
      declare(machine, initializer, frame, sink);
    }
    [condition, incrementor].forEach((one) => one && machine.evaluate(one, frame, sink));
  } else if (typescript.isWhileStatement(node) || typescript.isDoStatement(node)) {
    machine.evaluate(node.expression, frame, sink);
  }
  walkOne(machine, node.statement, frame, sink);
}

/** Whether a loop waits for what it goes over, or runs it: a generator, not a list of promises. */
function iterates({ project }: Machine, node: ts.ForOfStatement): boolean {
  if (node.awaitModifier) {
    return true;
  }
  const { symbol } = project.checker.getTypeAtLocation(node.expression);
  return /Generator|Iterator|Iterable/.test((symbol as ts.Symbol | undefined)?.name ?? '');
}

/** Whether nothing is run behind a statement. */
function ends(typescript: typeof ts, node: ts.Statement): boolean {
  if (typescript.isBlock(node)) {
    return node.statements.some((statement) => ends(typescript, statement));
  }
  if (typescript.isIfStatement(node)) {
    const { thenStatement, elseStatement } = node;
    return (
      elseStatement !== undefined &&
      ends(typescript, thenStatement) &&
      ends(typescript, elseStatement)
    );
  }
  if (typescript.isTryStatement(node)) {
    const { tryBlock, catchClause, finallyBlock } = node;
    return (
      (finallyBlock !== undefined && ends(typescript, finallyBlock)) ||
      (ends(typescript, tryBlock) && (!catchClause || ends(typescript, catchClause.block)))
    );
  }
  return (
    typescript.isReturnStatement(node) ||
    typescript.isThrowStatement(node) ||
    typescript.isBreakOrContinueStatement(node)
  );
}
