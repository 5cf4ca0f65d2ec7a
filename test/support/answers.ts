/** An answer as a test compares it. */
export interface ErrorAnswer {
  readonly status: number;
  readonly code: string | undefined;
  readonly description: string | undefined;
  readonly challenge: string | null;
  readonly body: Record<string, unknown>;
  readonly headers: Headers;
}

/** Reads an answer of the contract; fails on any other body. */
export async function errorAnswer(response: Response): Promise<ErrorAnswer> {
  const text = await response.text();
  expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
  const body = JSON.parse(text) as Record<string, unknown>;
  expect(Object.keys(body).slice(0, 2)).toEqual(['code', 'description']);
  expect(typeof body['code']).toBe('string');
  expect(typeof body['description']).toBe('string');
  return {
    status: response.status,
    code: body['code'] as string,
    description: body['description'] as string,
    challenge: response.headers.get('www-authenticate'),
    body,
    headers: response.headers,
  };
}
