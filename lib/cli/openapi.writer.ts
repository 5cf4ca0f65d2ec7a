import type { INestApplication } from '@nestjs/common';
import { UsageError } from './usage.error.js';

/**
 * The OpenAPI document of an application with the errors of each operation, as JSON.
 *
 * @throws UsageError where the application has no @nestjs/swagger.
 * @internal
 */
export async function writeOpenApi(app: INestApplication): Promise<string> {
  const { DocumentBuilder, SwaggerModule } = await loadSwagger();
  const { documentErrors } = await import('../swagger/document-errors.js');
  const document = SwaggerModule.createDocument(app, new DocumentBuilder().build());
  return `${JSON.stringify(documentErrors(document, app), null, 2)}\n`;
}

async function loadSwagger(): Promise<typeof import('@nestjs/swagger')> {
  try {
    return await import('@nestjs/swagger');
  } catch (error) {
    if ((error as { code?: string }).code === 'ERR_MODULE_NOT_FOUND') {
      throw new UsageError('openapi needs @nestjs/swagger, which is not installed');
    }
    throw error;
  }
}
