import { createHash } from 'node:crypto';

/** Digest of a text, as entity tags and Content-Security-Policy carry it. @internal */
export function sha256(text: string, encoding: 'base64' | 'base64url'): string {
  return createHash('sha256').update(text).digest(encoding);
}

/** A strong entity tag of a representation (RFC 9110 §8.8.3). @internal */
export function entityTag(body: string): string {
  return `"${sha256(body, 'base64url')}"`;
}

/**
 * Whether `If-None-Match` names the tag, compared weakly (RFC 9110 §13.1.2): a proxy that
 * compresses makes a strong tag a weak one.
 *
 * @internal
 */
export function isNotModified(ifNoneMatch: string | undefined, tag: string): boolean {
  const tags = ifNoneMatch?.split(',').map((candidate) => candidate.trim().replace(/^W\//, ''));
  return tags !== undefined && (tags.includes('*') || tags.includes(tag));
}
