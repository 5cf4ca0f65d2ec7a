import type { OpenAPIObject } from '@nestjs/swagger';

/*
 * The parts of a document, by the names of the OpenAPI specification. @nestjs/swagger exports the
 * document's type alone in each of the versions that are taken.
 */

/** @internal */
export type PathItemObject = OpenAPIObject['paths'][string];
/** @internal */
export type OperationObject = NonNullable<PathItemObject['get']>;
/** @internal */
export type ComponentsObject = NonNullable<OpenAPIObject['components']>;
/** @internal */
export type ReferenceObject = { readonly $ref: string };
/** @internal */
export type ResponseObject = Exclude<
  NonNullable<ComponentsObject['responses']>[string],
  { $ref: string }
>;
/** @internal */
export type SchemaObject = Exclude<
  NonNullable<ComponentsObject['schemas']>[string],
  { $ref: string }
>;
/** @internal */
export type SecurityRequirementObject = NonNullable<OpenAPIObject['security']>[number];
