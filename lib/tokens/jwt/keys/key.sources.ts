import { type IssuerTemplate, toTemplate } from './issuer.template.js';
import { JwksLoader } from './jwks.loader.js';
import type { JwtSettings } from '../options/jwt.settings.js';
import type { KeySource } from './key-source.js';
import { RemoteKeySource } from './remote-key.source.js';
import { SecretKeySource } from './secret-key.source.js';

type Claims = Readonly<Record<string, unknown>>;

/** Where the keys of each issuer come from. @internal */
export class KeySources {
  /** What is given for all issuers together, a secret without any of them included. */
  private readonly shared: KeySource | undefined;
  private readonly byIssuer = new Map<unknown, KeySource>();
  private readonly templates: readonly IssuerTemplate[];
  private readonly takesAny: boolean;

  /** @param onChange - told when the keys of an issuer are others than before */
  constructor(settings: JwtSettings, onChange: () => void) {
    const { issuers } = settings;
    this.shared = toShared(settings, onChange);
    this.takesAny = issuers.length === 0;
    this.templates = issuers.map(toTemplate).filter((template) => template !== undefined);
    for (const issuer of issuers.filter((one) => toTemplate(one) === undefined)) {
      this.byIssuer.set(issuer, this.shared ?? toRemote(issuer, undefined, onChange));
    }
  }

  /** @returns `undefined` where the claims name none of the issuers */
  of(claims: Claims): KeySource | undefined {
    const isShared = () => this.takesAny || this.templates.some(({ isOf }) => isOf(claims));
    return this.byIssuer.get(claims['iss']) ?? (isShared() ? this.shared : undefined);
  }

  /** @returns why keys cannot be had, a sentence each */
  async warmUp(): Promise<readonly string[]> {
    const all = new Set([this.shared, ...this.byIssuer.values()]);
    const problems = await Promise.all([...all].map(async (source) => source?.warmUp?.()));
    return problems.filter((problem) => problem !== undefined);
  }
}

function toShared(settings: JwtSettings, onChange: () => void): KeySource | undefined {
  const { jwks, jwksUri, secret, issuers } = settings;
  if (secret !== undefined) {
    return new SecretKeySource(secret);
  }
  return jwks ?? (jwksUri && toRemote(issuers.join(', '), jwksUri, onChange));
}

function toRemote(issuer: string, jwksUri: URL | undefined, onChange: () => void): KeySource {
  return new RemoteKeySource(issuer, new JwksLoader(issuer, jwksUri), onChange);
}
