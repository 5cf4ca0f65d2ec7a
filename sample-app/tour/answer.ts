/** What one request of the tour was answered with. */
export interface Answer {
  readonly request: string;
  readonly status: number;
  readonly code: string;
  readonly description: string;
  /** `WWW-Authenticate`, null where the answer has none */
  readonly challenge: string | null;
}
