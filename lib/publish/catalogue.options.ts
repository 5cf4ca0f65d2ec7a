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

/** Whether a path can be served as it is written, whatever router it is given to. @internal */
export function isCataloguePath(path: unknown): boolean {
  return typeof path === 'string' && SEGMENTS.test(path);
}
