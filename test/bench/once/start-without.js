import 'reflect-metadata';
import { manyRoutes, startOf } from './many-routes.js';
import { measured } from './measured.js';

const module = manyRoutes({});
await measured(() => startOf(module));
