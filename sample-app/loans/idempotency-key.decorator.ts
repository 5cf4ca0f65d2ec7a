import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ParameterLimitExceededException } from 'nestjs-api-errors';

const HEADER = 'idempotency-key';
const MAX_LENGTH = 128;

/** `Idempotency-Key`: a text of the client's choice; a request is carried out once for each. */
export const IdempotencyKey = createParamDecorator(
  (_data: unknown, context: ExecutionContext): string | undefined => {
    const { headers } = context.switchToHttp().getRequest<{ headers: Record<string, string> }>();
    const key = headers[HEADER];
    if (key && key.length > MAX_LENGTH) {
      throw new ParameterLimitExceededException(
        `Idempotency-Key must be at most ${MAX_LENGTH} characters long.`,
      );
    }
    return key || undefined;
  },
);
