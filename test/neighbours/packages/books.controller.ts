import {
  Controller,
  Get,
  HttpException,
  InternalServerErrorException,
  Param,
} from '@nestjs/common';
import { NotFoundException, ServiceUnavailableException } from 'nestjs-api-errors';

/** What each path throws, anew each time as error trackers know an error that they saw. */
const errors = {
  fault: () => new Error('The shelf fell.'),
  own: () => new ServiceUnavailableException({ cause: new Error('The shelf fell again.') }),
  nest: () => new InternalServerErrorException('A shelf of Nest.'),
  missing: () => new NotFoundException(),
  teapot: () => new HttpException('A teapot.', 418),
};
type Path = keyof typeof errors;
export const paths = Object.keys(errors) as Path[];

/** What was thrown last. */
export const last: { error?: Error } = {};

@Controller('books')
export class BooksController {
  @Get()
  list() {
    return ['Dune'];
  }

  @Get(':path')
  fail(@Param('path') path: Path) {
    last.error = errors[path]();
    throw last.error;
  }
}
