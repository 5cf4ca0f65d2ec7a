/** Far more than an error of the contract needs, in bytes. */
const MAX_BODY_LENGTH = 65_536;
/** Longer than any error of the contract takes, once its headers are there. */
const MAX_TIME_MS = 10_000;

/** A body chunk by chunk, from a web stream or from one of Node's. */
interface Chunks {
  next(): Promise<{ readonly done?: boolean | undefined; readonly value?: Uint8Array | undefined }>;
  /** Downloads no more. */
  stop(): unknown;
}

/**
 * The text of a response, or `undefined` where it is longer than 64 KiB or not there in 10 seconds:
 * the rest is then not downloaded.
 *
 * @throws what reading throws: the connection was cut, the body was read before.
 * @internal
 */
export async function readBody(response: Response): Promise<string | undefined> {
  const chunks = chunksOf(response.body);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), MAX_TIME_MS);
  });
  try {
    // React Native has no body to stream
    return await Promise.race([chunks ? readText(chunks) : response.text(), late]);
  } finally {
    clearTimeout(timer);
    // Not awaited: who asked for the error need not wait for the stream's end
    Promise.resolve(chunks?.stop()).catch(() => {});
  }
}

async function readText(chunks: Chunks): Promise<string | undefined> {
  const decoder = new TextDecoder();
  let text = '';
  let length = 0;
  for (;;) {
    // oxlint-disable-next-line no-await-in-loop -- chunks come one after another
    const { done, value } = await chunks.next();
    if (done) {
      return text + decoder.decode();
    }
    length += value!.length;
    if (length > MAX_BODY_LENGTH) {
      return undefined;
    }
    text += decoder.decode(value, { stream: true });
  }
}

/** node-fetch's body is a stream of Node's, without a reader. */
function chunksOf(body: unknown): Chunks | undefined {
  const stream = body as
    | (Partial<ReadableStream<Uint8Array>> &
        Partial<AsyncIterable<Uint8Array>> & { destroy?(): unknown })
    | null
    | undefined;
  const reader = stream?.getReader?.();
  if (reader) {
    return { next: () => reader.read(), stop: () => reader.cancel() };
  }
  const iterator = stream?.[Symbol.asyncIterator]?.();
  return iterator && { next: () => iterator.next(), stop: () => stream?.destroy?.() };
}
