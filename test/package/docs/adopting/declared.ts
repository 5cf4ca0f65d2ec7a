import { Controller, Get, Param } from '@nestjs/common';
import { ResourceNotExistException, Throws } from 'nestjs-api-errors';

const GoodNotExist = ResourceNotExistException.for('GOOD');

@Controller('goods')
export class GoodsController {
  @Get(':id')
  @Throws(GoodNotExist)
  find(@Param('id') id: string) {
    throw new GoodNotExist(`There is no good ${id}.`);
  }
}
