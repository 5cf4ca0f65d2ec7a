const PLACEHOLDER = /\{([\w.-]+)\}/;
/** What names a tenant in a path: nothing that would make another path of it. */
const TENANT = /^[\w.-]{1,128}$/;

/** An issuer of many tenants: `https://login.example/{tid}/v2.0`. @internal */
export interface IssuerTemplate {
  readonly issuer: string;
  readonly isOf: (claims: Readonly<Record<string, unknown>>) => boolean;
}

/** @returns `undefined` where the issuer names no claim @internal */
export function toTemplate(issuer: string): IssuerTemplate | undefined {
  const [placeholder, claim] = PLACEHOLDER.exec(issuer) ?? [];
  if (placeholder === undefined || claim === undefined) {
    return undefined;
  }
  return {
    issuer,
    isOf: (claims) => {
      const tenant = claims[claim];
      return (
        typeof tenant === 'string' &&
        TENANT.test(tenant) &&
        claims['iss'] === issuer.replace(placeholder, () => tenant)
      );
    },
  };
}
