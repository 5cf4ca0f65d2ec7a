const MAX_BODY_BYTES = 512 * 1024;

/**
 * Fetches a JSON document of an issuer as text. Redirects are not followed: what is at the end of
 * one is not what was configured.
 *
 * @throws Error where the answer is not 200, is too large or does not come before the signal.
 * @internal
 */
export async function fetchJsonText(url: URL, signal: AbortSignal): Promise<string> {
  const response = await fetch(url, {
    headers: { accept: 'application/json, application/jwk-set+json' },
    redirect: 'manual',
    signal,
  });
  if (response.status !== 200) {
    await response.body?.cancel();
    throw new Error(`${url.href} answered ${response.status}`);
  }
  return readBounded(response, url);
}

async function readBounded(response: Response, url: URL): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  // Leaving the loop cancels the body
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > MAX_BODY_BYTES) {
      throw new Error(`${url.href} answered more than ${MAX_BODY_BYTES} bytes`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** `fetch()` for a package that reads the answer by itself: of a bounded size, read already. @internal */
export async function boundedFetch(url: string, init: RequestInit): Promise<Response> {
  const response = await fetch(url, init);
  const body = await readBounded(response, new URL(url));
  const { status, headers } = response;
  return new Response(body === '' ? null : body, { status, headers });
}
