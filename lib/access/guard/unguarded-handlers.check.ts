import { type Handler } from '../../nest/handlers.js';
import { metadataKeys } from '../../nest/metadata-keys.js';
import { classOf, ownEnhancers } from '../../nest/route-enhancers.js';
import { isBearerGuard } from './bearer.guard.js';
import { classRules, demandsToken, methodRules } from './access-rules.js';

/**
 * Finds the handlers whose decorators demand a token that no guard asks for: they would be open.
 *
 * @param isGlobal - whether the guard runs for every route and every operation of GraphQL. For handlers
 * of other transports it does not: they have global guards only where the application says so.
 * @throws Error that names the first of them and the fix.
 * @internal
 */
export function checkGuardedHandlers(handlers: readonly Handler[], isGlobal: boolean): void {
  const open = handlers.find(
    (handler) =>
      isDemanding(handler) && !(hasGlobalGuards(handler) && isGlobal) && !isGuarded(handler),
  );
  if (open) {
    const fix = hasGlobalGuards(open)
      ? 'add @UseGuards(BearerGuard), or guard every route with bearer.global'
      : 'add @UseGuards(BearerGuard)';
    throw new Error(
      `${open.type.name}.${open.method}() demands a token that no guard asks for, so that everyone ` +
        `may call it; ${fix}.${metadataKeys.guards === undefined ? UNKNOWN : ''}`,
    );
  }
}

/**
 * Finds the fields of GraphQL that demand a token where no guard is run for fields.
 *
 * @throws Error that names the first of them and the fix.
 * @internal
 */
export function checkGuardedFields(handlers: readonly Handler[], guardsFields: boolean): void {
  const open = guardsFields
    ? undefined
    : handlers.find((handler) => handler.isField && isDemanding(handler));
  if (open) {
    throw new Error(
      `${open.type.name}.${open.method}() resolves a field and demands a token, and no guard runs in ` +
        "front of fields; add 'guards' to fieldResolverEnhancers of GraphQLModule.",
    );
  }
}

function hasGlobalGuards({ calledBy }: Handler): boolean {
  return calledBy === 'http' || calledBy === 'graphql';
}

/**
 * Finds a guard that nothing verifies tokens for: it would refuse whoever sends one.
 *
 * @throws Error that names the first handler behind one, and the fix.
 * @internal
 */
export function checkVerifier(handlers: readonly Handler[], hasVerifier: boolean): void {
  const guarded = hasVerifier ? undefined : handlers.find(isGuarded);
  if (guarded) {
    throw new Error(
      `BearerGuard guards ${guarded.type.name}.${guarded.method}() and has no verifier; set ` +
        'bearer.verifier in ErrorsModule.forRoot().',
    );
  }
}

/** Said where `@UseGuards()` cannot be read: a guard that may be there is not taken for one that is. */
const UNKNOWN =
  ' Guards of single routes cannot be seen on this version of Nest: use bearer.global.';

/** What a class demands is meant for those of its methods that somebody outside calls. */
function isDemanding({ type, handler, calledBy }: Handler): boolean {
  return [...(calledBy ? classRules(type) : []), ...methodRules(type, handler)].some(demandsToken);
}

function isGuarded({ type, handler }: Handler): boolean {
  return ownEnhancers('guards', type, handler).map(classOf).some(isBearerGuard);
}
