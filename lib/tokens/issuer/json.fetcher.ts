/** Room for the keys of a large issuer. */
const MAX_BODY_BYTES = 512 * 1024;

/** What is asked of an issuer beside its place. @internal */
export interface IssuerRequest {
  readonly method?: 'GET' | 'POST';
  readonly headers?: Headers;
  readonly body?: URLSearchParams;
  /** How long an answer may be. */
  readonly maxBytes?: number;
}

/** What an issuer answered with status 200. @internal */
export interface IssuerResponse {
  readonly text: string;
  /** In lower case, without parameters. */
  readonly mediaType: string;
}

/**
 * Asks an issuer for something, of a bounded size. Redirects are not followed: what is at the end of
 * one is not what was configured.
 *
 * @throws Error where the answer is not 200, is too large or does not come before the signal.
 * @internal
 */
export async function askIssuer(
  url: URL,
  signal: AbortSignal,
  { maxBytes = MAX_BODY_BYTES, ...request }: IssuerRequest = {},
): Promise<IssuerResponse> {
  const response = await fetch(url, { ...request, redirect: 'manual', signal });
  if (response.status !== 200) {
    await response.body?.cancel();
    throw new Error(`${url.href} answered ${response.status}`);
  }
  const [mediaType = ''] = (response.headers.get('content-type') ?? '').split(';');
  return {
    text: await readBounded(response, url, maxBytes),
    mediaType: mediaType.trim().toLowerCase(),
  };
}

/** Fetches a JSON document of an issuer as text, whatever it says that it is. @internal */
export async function fetchJsonText(url: URL, signal: AbortSignal): Promise<string> {
  const headers = new Headers({ accept: 'application/json, application/jwk-set+json' });
  return (await askIssuer(url, signal, { headers })).text;
}

async function readBounded(response: Response, url: URL, maxBytes: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  // Leaving the loop cancels the body
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > maxBytes) {
      throw new Error(`${url.href} answered more than ${maxBytes} bytes`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
