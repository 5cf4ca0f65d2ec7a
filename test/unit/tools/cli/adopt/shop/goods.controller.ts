import { ConflictException, Controller, Get, Param, ParseIntPipe } from '@nestjs/common';

/** An application as it is before it knows of this library. */
@Controller('goods')
export class GoodsController {
  @Get('taken')
  taken(): void {
    throw new ConflictException('GOOD_TAKEN');
  }

  @Get(':id')
  find(@Param('id', ParseIntPipe) id: number): { id: number } {
    return { id };
  }
}
