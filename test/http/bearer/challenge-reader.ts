import * as oauth from 'oauth4webapi';

/** The challenges of an answer as an independent client reads them. */
export async function readChallenges(
  status: number,
  header: string,
): Promise<oauth.WWWAuthenticateChallenge[]> {
  const response = new Response(null, { status, headers: { 'www-authenticate': header } });
  const request = oauth.protectedResourceRequest(
    'token',
    'GET',
    new URL('https://api.example'),
    undefined,
    undefined,
    { [oauth.customFetch]: () => Promise.resolve(response) },
  );
  const error: unknown = await request.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof oauth.WWWAuthenticateChallengeError)) {
    throw new Error(`no challenge was read from ${header}: ${String(error)}`);
  }
  return error.cause;
}
