import * as nest from '@nestjs/common';
import type { ArgumentMetadata, HttpException, Type } from '@nestjs/common';
import { isObserved, type ObservablePipe, observePipe } from './pipes.js';

/** Where Nest makes sentences of issues, for exceptions that no application makes. */
interface SchemaPipe extends ObservablePipe {
  formatIssueMessages?: (issues: readonly object[]) => string[];
}

/** Nest 12's pipe for schemas; `undefined` on Nest 11. @internal */
export const schemaPipe = (nest as { readonly StandardSchemaValidationPipe?: unknown })
  .StandardSchemaValidationPipe as Type<SchemaPipe> | undefined;

/** Whether the issues behind its exceptions can be read, where there is one. @internal */
export const canReadIssues =
  !schemaPipe || typeof (schemaPipe.prototype as SchemaPipe).formatIssueMessages === 'function';

/**
 * Tells the issues behind an exception that Nest 12's `StandardSchemaValidationPipe` throws, which has
 * but the sentences made of them: by the list of these, which is the one in the exception. Exceptions
 * that the application makes are its own.
 *
 * @internal
 */
export function observeSchemaPipe(
  refused: (
    error: unknown,
    issues: readonly object[],
    value: unknown,
    metadata: ArgumentMetadata,
  ) => void,
): void {
  const pipe = schemaPipe?.prototype as SchemaPipe | undefined;
  const format = pipe?.formatIssueMessages;
  if (!schemaPipe || !pipe || !format || isObserved(schemaPipe)) {
    return;
  }
  const issuesOf = new WeakMap<object, readonly object[]>();
  pipe.formatIssueMessages = function (issues) {
    const messages = format.call(this, issues);
    issuesOf.set(messages, issues);
    return messages;
  };
  observePipe(schemaPipe, (error, metadata, value) => {
    const { getResponse } = Object(error) as Partial<HttpException>;
    const { message } = Object(getResponse?.call(error)) as { message?: unknown };
    const issues = issuesOf.get(Object(message) as object);
    if (issues) {
      refused(error, issues, value, metadata);
    }
    return error;
  });
}
