/** An error of whoever runs the command: one line on stderr, exit code 2. @internal */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
