import { createDocument } from './documented.js';
import { measured } from './measured.js';

await measured(createDocument);
