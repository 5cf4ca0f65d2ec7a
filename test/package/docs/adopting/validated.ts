import { ErrorsModule } from 'nestjs-api-errors';

// was: app.useGlobalPipes(new ValidationPipe({ whitelist: true, transform: true, exceptionFactory }))
export const errors = ErrorsModule.forRoot({ validation: { whitelist: true, transform: true } });
