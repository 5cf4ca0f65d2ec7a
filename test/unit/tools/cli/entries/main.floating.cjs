const { NestFactory } = require('@nestjs/core');
const { Root } = require('./cjs.support.cjs');

async function bootstrap() {
  const app = await NestFactory.create(Root, { logger: false });
  await app.listen(0, '127.0.0.1');
}
void bootstrap();
