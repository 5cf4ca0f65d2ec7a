import { documentErrors } from 'nestjs-api-errors/swagger';
import { app, createDocument } from './documented.js';
import { measured } from './measured.js';

await measured(() => documentErrors(createDocument(), app));
