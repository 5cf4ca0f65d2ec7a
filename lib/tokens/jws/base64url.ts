/** The last characters whose bits beyond the last whole byte are zero, by how many are left over. */
const LAST_CHARACTERS: Readonly<Record<number, string | undefined>> = {
  2: 'AQgw',
  3: 'AEIMQUYcgkosw048',
};

const ALPHABET = /^[\w-]+$/;

/**
 * Whether a text is base64url without padding (RFC 7515 §2), and the one way to write its bytes
 * (RFC 4648 §3.5): with two of them one token, proof or key would have two digests.
 *
 * @internal
 */
export function isCanonicalBase64Url(text: string): boolean {
  const left = text.length % 4;
  return (
    ALPHABET.test(text) && (left === 0 || LAST_CHARACTERS[left]?.includes(text.at(-1)!) === true)
  );
}
