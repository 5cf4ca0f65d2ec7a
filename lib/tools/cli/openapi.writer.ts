import type { INestApplication } from '@nestjs/common';
import { optionalPackage } from '../../mapping/validation/optional-package.js';
import { UsageError } from './usage.error.js';

/**
 * The OpenAPI document of an application with the errors of each operation, as JSON.
 *
 * @throws UsageError where the application has no @nestjs/swagger.
 * @internal
 */
export async function writeOpenApi(app: INestApplication): Promise<string> {
  const swagger = await optionalPackage(() => import('@nestjs/swagger'));
  if (!swagger) {
    throw new UsageError('openapi needs @nestjs/swagger, which is not installed');
  }
  const { DocumentBuilder, SwaggerModule } = swagger;
  const { documentErrors } = await import('../../documents/openapi/document-errors.js');
  const document = SwaggerModule.createDocument(app, new DocumentBuilder().build());
  return `${JSON.stringify(documentErrors(document, app), null, 2)}\n`;
}
