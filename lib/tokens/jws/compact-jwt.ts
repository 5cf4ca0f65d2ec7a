import { isUtf8 } from 'node:buffer';
import { isCanonicalBase64Url } from './base64url.js';

const COMPACT_JWS = /^([\w-]+)\.([\w-]+)\.([\w-]+)$/;
const JWE_PARTS = 5;
const BRACE = 0x7b;
const SPACE = 0x20;

type JsonObject = Readonly<Record<string, unknown>>;

/** A JWT taken apart (RFC 7519 §7.2), nothing of it believed yet. @internal */
export interface CompactJwt {
  readonly text: string;
  readonly header: JsonObject;
  readonly claims: JsonObject;
}

/** Makes what is thrown of why a JWT is refused. */
type Refuse = (reason: string) => Error;

/**
 * Takes a JWT apart, one of a length that was checked.
 *
 * @throws what `refuse` makes, where it is not a compact JWS whose header and payload are JSON
 * objects.
 * @internal
 */
export function parseCompactJwt(text: string, refuse: Refuse): CompactJwt {
  const [, header, payload, signature] = COMPACT_JWS.exec(text) ?? [];
  if (header === undefined || payload === undefined || signature === undefined) {
    const encrypted = text.split('.', JWE_PARTS + 1).length === JWE_PARTS;
    throw refuse(encrypted ? 'encrypted (JWE)' : 'not a compact JWS');
  }
  if (![header, payload, signature].every(isCanonicalBase64Url)) {
    throw refuse('not canonical base64url');
  }
  return {
    text,
    header: parsePart(header, 'header', refuse),
    claims: parsePart(payload, 'payload', refuse),
  };
}

/** Of members that are there twice the last counts, as RFC 7515 §4 and RFC 7519 §4 allow. */
function parsePart(part: string, name: string, refuse: Refuse): JsonObject {
  const value = parseJson(Buffer.from(part, 'base64url'));
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw refuse(`${name} is not a JSON object`);
  }
  return value as JsonObject;
}

function parseJson(bytes: Buffer): unknown {
  // Spares garbage the exception of JSON.parse; an object starts with `{` or white space
  if (bytes.length === 0 || (bytes[0] !== BRACE && bytes[0]! > SPACE)) {
    return undefined;
  }
  // What is not UTF-8 is not replaced: two readers could then differ on what was signed
  if (!isUtf8(bytes)) {
    return undefined;
  }
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}
