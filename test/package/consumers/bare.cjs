require('reflect-metadata');

/* As bare.mjs, by CommonJS: that every entry point is there, whatever is not installed beside it. */

for (const entry of [
  '',
  '/jwt',
  '/introspection',
  '/mappers',
  '/redis',
  '/microservices',
  '/grpc',
  '/client',
]) {
  require(`nestjs-api-errors${entry}`);
}
