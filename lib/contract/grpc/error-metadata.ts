import type { Members } from '../exceptions/api-exception.options.js';

/** What marks a google.rpc.ErrorInfo as one of this contract: the HTTP status of the error. */
const STATUS = 'status';
/** The grammar of keys (https://google.aip.dev/193#errorinfo). */
const KEY = /^[a-z][a-zA-Z0-9_-]{0,63}$/;

/**
 * The metadata of a google.rpc.ErrorInfo: the HTTP status, and the members of the exception. A text is
 * itself; what else JSON has is JSON, and a text that could be taken for that is quoted.
 *
 * @internal
 */
export function toErrorMetadata(
  status: number,
  members: Members | undefined,
): ReadonlyMap<string, string> {
  const entries = Object.entries(members ?? {}).filter(([key]) => key !== STATUS && KEY.test(key));
  return new Map([
    [STATUS, `${status}`],
    ...entries.map(([key, value]): [string, string] => [key, toText(value)]),
  ]);
}

/** What {@link toErrorMetadata} was made of; `undefined` for one of another contract. @internal */
export function fromErrorMetadata(
  metadata: ReadonlyMap<string, string>,
): { readonly status: number; readonly members: Members } | undefined {
  const status = metadata.get(STATUS);
  if (status === undefined || !/^[45]\d\d$/.test(status)) {
    return undefined;
  }
  const entries = [...metadata].filter(([key]) => key !== STATUS && KEY.test(key));
  const members = Object.fromEntries(entries.map(([key, text]) => [key, fromText(text)]));
  return { status: Number(status), members };
}

function toText(value: unknown): string {
  return typeof value === 'string' && parsed(value) === undefined ? value : JSON.stringify(value);
}

function fromText(text: string): unknown {
  const value = parsed(text);
  return value === undefined ? text : value;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/**
 * `isInt` as the reason of a violation, which is UPPER_SNAKE_CASE: IS_INT. Each capital stands for
 * itself, so that `isUUID` comes back.
 *
 * @internal
 */
export function toReason(rule: string): string {
  return rule.replace(/[A-Z]/g, '_$&').toUpperCase();
}

/** @internal */
export function fromReason(reason: string): string {
  return reason.toLowerCase().replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
