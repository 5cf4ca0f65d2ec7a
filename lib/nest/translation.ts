import { type AnyRequest, rawRequest } from './request.js';

/** What a key says in the language of a request. @internal */
export type Translate = (key: string, args: Readonly<Record<string, unknown>>) => unknown;

/** What nestjs-i18n keeps of a request, by what is used of it. */
interface Translated {
  readonly i18nContext?: { translate?: (key: string, options: object) => unknown };
}

/**
 * How nestjs-i18n, which is no dependency of this package, translates for a request: its middleware
 * notes it on Node's own.
 *
 * @returns `undefined` where it is not there
 * @internal
 */
export function translationOf(request: AnyRequest): Translate | undefined {
  const { i18nContext } = rawRequest(request) as Translated;
  return typeof i18nContext?.translate === 'function'
    ? (key, args) => i18nContext.translate!(key, { args })
    : undefined;
}
