import { ErrorsModule } from 'nestjs-api-errors';

export const errors = ErrorsModule.forRoot({
  // codes that clients know by another name
  rows: (row) => ({ ...row, code: row.code.replace(/_NOT_EXIST$/, '_NOT_FOUND') }),
  // members of every body
  body: { members: ({ request }) => ({ traceId: request.id }) },
  // the id under which the application knows a request; pino's and Fastify's are known already
  requestId: ({ headers }: { headers: Record<string, string> }) => headers['x-amzn-trace-id'],
});
