import { that, texts } from '../../../contract/options/option-readers.js';

/** Claims of ID tokens alone (OpenID Connect Core 1.0 §2 and §3.3.2.11). @internal */
export const ID_TOKEN_CLAIMS = ['nonce', 'at_hash', 'c_hash'] as const;

/** The name of this API at the issuer. @internal */
export const readAudience = texts('the name of this API at the issuer');

/** The issuer, which the verifier looks at more closely. @internal */
export const readIssuerText = textLike(/^https?:\/\/./, "is needed: the issuer's URL");

/** A text of a form. @internal */
export function textLike(form: RegExp, demand: string) {
  return that<string>(demand, (given) => typeof given === 'string' && form.test(given));
}

/** A text of a form, or several. @internal */
export function textsLike(form: RegExp, demand: string) {
  const read = that<string | readonly string[]>(demand, (given) => {
    const all = [given].flat();
    return all.length > 0 && all.every((one) => typeof one === 'string' && form.test(one));
  });
  return (given: unknown, name: string): readonly string[] => [read(given, name)].flat();
}
