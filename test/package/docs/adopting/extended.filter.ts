import { type ArgumentsHost, Catch, Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { ErrorsFilter, ErrorsModule } from 'nestjs-api-errors';

interface Response {
  status(code: number): { redirect(url: string): void };
}

export class MaintenanceError extends Error {}

@Catch()
export class MaintenanceFilter extends ErrorsFilter {
  override catch(thrown: unknown, host: ArgumentsHost): void {
    if (thrown instanceof MaintenanceError) {
      host.switchToHttp().getResponse<Response>().status(302).redirect('/maintenance');
    } else {
      super.catch(thrown, host);
    }
  }
}

@Module({
  imports: [ErrorsModule],
  providers: [{ provide: APP_FILTER, useClass: MaintenanceFilter }],
})
export class AppModule {}
