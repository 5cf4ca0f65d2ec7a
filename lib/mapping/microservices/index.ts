export { rebuildError, rebuildErrors, type RebuildOptions } from '../remote/rebuild-errors.js';
export { withRebuiltErrors } from '../remote/rebuilt-client.js';
