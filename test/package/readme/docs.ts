import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { documentErrors } from 'nestjs-api-errors/swagger';

export function serveDocs(app: INestApplication): void {
  const config = new DocumentBuilder().setTitle('Books').build();
  const document = documentErrors(SwaggerModule.createDocument(app, config), app);
  SwaggerModule.setup('docs', app, document);
}
