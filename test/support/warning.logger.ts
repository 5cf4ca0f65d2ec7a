import type { LoggerService } from '@nestjs/common';

/** Keeps what this library warns of, and says nothing. */
export class WarningLogger implements LoggerService {
  readonly warnings: string[] = [];

  warn(message: unknown, context?: unknown): void {
    if (context === 'ErrorsModule') {
      this.warnings.push(String(message));
    }
  }
  log(): void {}
  error(): void {}
}
