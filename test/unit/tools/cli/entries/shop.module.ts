import { Controller, Delete, Get, Module, Param, ParseIntPipe } from '@nestjs/common';
import {
  defineException,
  DeletedException,
  ErrorsModule,
  ResourceNotExistException,
  Throws,
} from 'nestjs-api-errors';

export class ShopClosedException extends defineException({
  code: 'SHOP_CLOSED',
  status: 403,
  description: 'The shop is closed.',
}) {}

@Controller('goods')
export class GoodsController {
  @Get(':id')
  @Throws(ResourceNotExistException.for('GOOD'))
  find(@Param('id', ParseIntPipe) id: number) {
    return { id };
  }

  @Delete(':id')
  @Throws(ResourceNotExistException.for('GOOD'), DeletedException, ShopClosedException)
  remove() {}
}

/** What makes it visible that something connects. */
export const connections: string[] = [];

class Connection {
  onModuleInit() {
    connections.push('opened');
  }
}

@Module({
  imports: [ErrorsModule],
  controllers: [GoodsController],
  providers: [Connection],
})
export class AppModule {}
