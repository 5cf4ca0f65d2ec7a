import 'reflect-metadata';
import { ErrorsModule } from 'nestjs-api-errors';
import { manyRoutes, startOf } from './many-routes.js';
import { measured } from './measured.js';

const module = manyRoutes({ imports: [ErrorsModule] });
await measured(() => startOf(module));
