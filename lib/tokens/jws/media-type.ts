/**
 * RFC 7515 §4.1.9: `application/` may be left out. Media types have no case (RFC 2045 §5.1).
 *
 * @internal
 */
export function toSubtype(typ: unknown): string | undefined {
  return typeof typ === 'string' ? typ.toLowerCase().replace(/^application\//, '') : undefined;
}
