const { Controller, Get, Module } = require('@nestjs/common');
const { DeletedException, ErrorsModule, Throws } = require('nestjs-api-errors');

/** What a compiler makes of a module with an application in it, where it compiles to CommonJS. */
class GoodsController {
  list() {}
}
const list = Object.getOwnPropertyDescriptor(GoodsController.prototype, 'list');
Get()(GoodsController.prototype, 'list', list);
Throws(DeletedException)(GoodsController.prototype, 'list', list);
Controller('goods')(GoodsController);

class AppModule {}
Module({ imports: [ErrorsModule], controllers: [GoodsController] })(AppModule);

module.exports.Root = AppModule;
