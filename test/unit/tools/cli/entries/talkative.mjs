import { Controller, Get, Module } from '@nestjs/common';
import { DeletedException, ErrorsModule, Throws } from 'nestjs-api-errors';

console.log('Loading.');

class GoodsController {
  list() {}
}
const list = Object.getOwnPropertyDescriptor(GoodsController.prototype, 'list');
Get()(GoodsController.prototype, 'list', list);
Throws(DeletedException)(GoodsController.prototype, 'list', list);
Controller('goods')(GoodsController);

export class AppModule {}
Module({ imports: [ErrorsModule], controllers: [GoodsController] })(AppModule);
