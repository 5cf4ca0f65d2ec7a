import './support/fastify-static.js';
test('x', async () => { const m = await import('@fastify/static').catch((e)=>e); console.log(m);
console.log(process.getBuiltinModule('node:module').createRequire.toString().slice(0,200)) });
