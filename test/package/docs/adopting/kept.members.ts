import { HttpException } from '@nestjs/common';
import { ErrorsModule } from 'nestjs-api-errors';

export const errors = ErrorsModule.forRoot({
  body: {
    members({ thrown }) {
      const body = thrown instanceof HttpException ? thrown.getResponse() : {};
      return typeof body === 'object' && 'errors' in body ? { errors: body.errors } : {};
    },
  },
});
