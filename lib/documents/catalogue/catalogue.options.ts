import { objectOf, type OptionReaders, that } from '../../contract/options/option-readers.js';

/**
 * Where the catalogue is published: `ErrorsModule.forRoot({ catalogue: { path: '/errors' } })`.
 *
 * @publicApi
 */
export interface CatalogueOptions {
  /**
   * Path of the page, on the server itself: neither the global prefix nor a version is put before
   * it. `path` answers HTML, JSON or Markdown as `Accept` asks; `path.html`, `path.json` and
   * `path.md` answer one each. Public: no guard runs before it.
   */
  readonly path: string;
}

const SEGMENTS = /^(?:\/[\w~-][\w.~-]*)+$/;

/** Reads where the catalogue is published. @internal */
export const readCatalogueOptions = objectOf({
  // Served as it is written, whatever router it is given to
  path: that<string>(
    "takes a path without parameters, wildcards or a slash at its end, such as '/errors'",
    (given) => typeof given === 'string' && SEGMENTS.test(given),
  ),
} satisfies OptionReaders<CatalogueOptions>);
