import { ErrorsModule } from 'nestjs-api-errors';

export const counted = new Map<string, number>();

export const errors = ErrorsModule.forRoot({
  onError: ({ code }) => void counted.set(code, (counted.get(code) ?? 0) + 1),
});
