import { ConflictException as NestConflictException, ImATeapotException } from '@nestjs/common';
import {
  defineException,
  DeletedException,
  InvalidTokenException,
  NotFoundException,
  ResourceNotExistException,
  Throws,
} from 'nestjs-api-errors';

class LoanOverdueException extends defineException({
  code: 'LOAN_OVERDUE',
  status: 403,
  description: 'The member has an overdue loan.',
}) {}

class OwnConflict extends NestConflictException {}

@Throws(NotFoundException)
export class BooksController {
  @Throws(ResourceNotExistException.for('BOOK'), DeletedException, LoanOverdueException)
  @Throws(InvalidTokenException)
  find(): void {}

  @Throws(ImATeapotException, OwnConflict)
  nest(): void {}

  // @ts-expect-error -- no class of the catalogue
  @Throws(Error)
  error(): void {}

  // @ts-expect-error -- an instance
  @Throws(new DeletedException())
  instance(): void {}

  // @ts-expect-error -- of which resource?
  @Throws(ResourceNotExistException)
  template(): void {}

  // @ts-expect-error -- a code
  @Throws('DELETED')
  code(): void {}
}
