import type { AbstractHttpAdapter } from '@nestjs/core';

/** Answers past Nest's pipeline, through the adapter's own methods. @internal */
export function replyThrough(
  adapter: AbstractHttpAdapter,
  response: unknown,
  status: number,
  headers: Readonly<Record<string, string>>,
  body?: unknown,
): void {
  for (const [name, value] of Object.entries(headers)) {
    adapter.setHeader(response, name, value);
  }
  adapter.reply(response, body, status);
}
