import {
  customFetch,
  protectedResourceRequest,
  type WWWAuthenticateChallenge,
  WWWAuthenticateChallengeError,
} from 'oauth4webapi';

/** The challenges of a response as oauth4webapi reads them. */
export async function readChallenge(response: Response): Promise<WWWAuthenticateChallenge[]> {
  try {
    await protectedResourceRequest(
      'any',
      'GET',
      new URL('https://api.example/'),
      undefined,
      undefined,
      {
        [customFetch]: () => Promise.resolve(response.clone()),
      },
    );
    return [];
  } catch (error) {
    if (error instanceof WWWAuthenticateChallengeError) {
      return error.cause;
    }
    throw error;
  }
}
