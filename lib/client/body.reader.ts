/** Far more than an error of the contract needs, in bytes. */
const MAX_BODY_LENGTH = 65_536;

/**
 * The text of a response, or `undefined` where it is longer than 64 KiB: the rest
 * is then not downloaded.
 *
 * @throws what reading throws: the connection was cut, the body was read before.
 * @internal
 */
export async function readBody(response: Response): Promise<string | undefined> {
  // React Native has no body to stream, node-fetch one without a reader
  const reader = response.body?.getReader?.();
  if (!reader) {
    return response.text();
  }
  const decoder = new TextDecoder();
  let text = '';
  let length = 0;
  for (;;) {
    // oxlint-disable-next-line no-await-in-loop -- chunks come one after another
    const { done, value } = await reader.read();
    if (done) {
      return text + decoder.decode();
    }
    length += value.length;
    if (length > MAX_BODY_LENGTH) {
      // Not awaited: who asked for the error need not wait for the stream's end
      reader.cancel().catch(() => {});
      return undefined;
    }
    text += decoder.decode(value, { stream: true });
  }
}
