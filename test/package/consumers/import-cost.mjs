/* What importing the library costs, as a part of what Nest with Express does; a fresh process. */

async function timed(...specifiers) {
  const start = performance.now();
  for (const specifier of specifiers) {
    // oxlint-disable-next-line no-await-in-loop -- as an application imports them
    await import(specifier);
  }
  return performance.now() - start;
}

await import('reflect-metadata');
const nest = await timed('@nestjs/common', '@nestjs/core', '@nestjs/platform-express');
const own = await timed('nestjs-api-errors');
console.log(JSON.stringify({ nest, own }));
