export { documentErrors } from './document-errors.js';
