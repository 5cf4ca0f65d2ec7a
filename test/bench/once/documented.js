import 'reflect-metadata';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { ConflictException, ErrorsModule, NotFoundException, Throws } from 'nestjs-api-errors';
import { manyRoutes, startOf } from './many-routes.js';

const declare = (route) => (target, name, descriptor) => {
  route(target, name, descriptor);
  Throws(NotFoundException, ConflictException)(target, name, descriptor);
};

/** An application whose every route declares errors, and how @nestjs/swagger documents it. */
export const app = await startOf(manyRoutes({ imports: [ErrorsModule] }, declare));
export const createDocument = () =>
  SwaggerModule.createDocument(app, new DocumentBuilder().build());
