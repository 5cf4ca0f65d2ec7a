/**
 * The grammar of `WWW-Authenticate` (RFC 9110 §11.6.1) as one expression, written apart from the
 * code under test. No white space but single SPs, for this is what we send.
 */
const tchar = "[!#$%&'*+.^_`|~0-9A-Za-z-]";
const quotedString = '"(?:[\\t \\x21\\x23-\\x5b\\x5d-\\x7e]|\\\\[\\t \\x21-\\x7e])*"';
const authParam = `${tchar}+=${quotedString}`;
const token68 = '[A-Za-z0-9._~+/-]+=*';

export const CHALLENGE = new RegExp(
  `^${tchar}+(?: (?:${token68}|${authParam}(?:, ${authParam})*))?$`,
);
