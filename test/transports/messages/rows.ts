import {
  AccessDeniedException,
  AlreadyExistException,
  type ApiException,
  BadRequestException,
  ConflictException,
  defineException,
  DeletedException,
  ForbiddenException,
  InternalServerErrorException,
  InvalidParameterException,
  InvalidResourceException,
  MissingParameterException,
  NotFoundException,
  ParameterLimitExceededException,
  ParameterOutOfRangeException,
  ResourceAlreadyExistException,
  ResourceLimitExceededException,
  ResourceNotExistException,
  ResourceOutOfRangeException,
  ServiceUnavailableException,
  UnauthorizedException,
} from 'nestjs-api-errors';

/** A row of the application's own. */
export class LoanOverdueException extends defineException({
  code: 'LOAN_OVERDUE',
  status: 403,
  description: 'The member has an overdue loan.',
}) {}

type Class = abstract new (...args: never[]) => ApiException;

/** One error that a service throws. */
export interface Row {
  readonly make: () => ApiException;
  readonly type: Class;
  /** Status of gRPC. */
  readonly grpc: number;
}

const row = (make: () => ApiException, type: Class, grpc: number): Row => ({ make, type, grpc });

/** The 19 rows of the contract, with what each becomes over gRPC (AIP-193). */
export const rows: readonly Row[] = [
  row(() => new BadRequestException(), BadRequestException, 3),
  row(() => new InvalidParameterException('isbn: 13 digits.'), InvalidParameterException, 3),
  row(() => new InvalidResourceException('BOOK'), InvalidResourceException, 3),
  row(() => new MissingParameterException(), MissingParameterException, 3),
  row(() => new ParameterLimitExceededException(), ParameterLimitExceededException, 3),
  row(() => new ParameterOutOfRangeException(), ParameterOutOfRangeException, 11),
  row(() => new UnauthorizedException(), UnauthorizedException, 16),
  row(() => new ForbiddenException('Nur für Mitglieder.'), ForbiddenException, 7),
  row(() => new AccessDeniedException(), AccessDeniedException, 7),
  row(
    () => new ResourceLimitExceededException({ retryAfter: 60 }),
    ResourceLimitExceededException,
    8,
  ),
  row(() => new ResourceOutOfRangeException(), ResourceOutOfRangeException, 11),
  row(() => new NotFoundException(), NotFoundException, 5),
  row(() => new ResourceNotExistException('BOOK'), ResourceNotExistException, 5),
  row(() => new ConflictException(), ConflictException, 10),
  row(() => new AlreadyExistException(), AlreadyExistException, 6),
  row(() => new ResourceAlreadyExistException('BOOK'), ResourceAlreadyExistException, 6),
  row(
    () => new DeletedException({ members: { on: '2026-01-31', by: { id: 7 } } }),
    DeletedException,
    5,
  ),
  row(() => new InternalServerErrorException('SECRET'), InternalServerErrorException, 13),
  row(() => new ServiceUnavailableException({ retryAfter: 7 }), ServiceUnavailableException, 14),
];

/** What handlers throw by name, beside the rows by their code. */
export const thrown: Readonly<Record<string, () => unknown>> = {
  error: () => new Error('SECRET'),
  text: () => 'SECRET',
  nothing: () => undefined,
  null: () => null,
  object: () => ({ secret: 'SECRET' }),
  overdue: () => new LoanOverdueException({ members: { loan: 'L-1' } }),
  failures: () =>
    new InvalidParameterException('title is required.', {
      failures: [{ parameter: 'items[2].title', rule: 'isDefined', description: 'is required' }],
    }),
  report: () =>
    new NotFoundException({ members: { status: 'error', message: 'forged', code: 'X' } }),
};

export const keyOf = (exception: ApiException): string =>
  `${exception.getStatus()} ${exception.code}`;

/** What is thrown where a caller asks for it: a row by its status and code, or one of {@link thrown}. */
export function throwNamed(name: string): never {
  const found = rows.map(({ make }) => make()).find((exception) => keyOf(exception) === name);
  throw found ?? thrown[name]?.();
}
