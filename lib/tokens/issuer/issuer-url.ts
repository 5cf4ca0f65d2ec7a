import { type OptionReader, that } from '../../contract/options/option-readers.js';

const LOOPBACK = /^(?:127(?:\.\d{1,3}){3}|\[::1\]|localhost)$/;

/**
 * Whether keys may be fetched from `url`, or an issuer be named so: TLS everywhere but on this
 * machine (RFC 8414 §2, RFC 8725 §3.10).
 *
 * @internal
 */
export function isTrustworthyUrl(url: URL): boolean {
  return url.protocol === 'https:' || isLoopbackHttp(url);
}

/** Whether `url` is `http:` on a loopback host (127.0.0.0/8, ::1, localhost). @internal */
export function isLoopbackHttp(url: URL): boolean {
  return url.protocol === 'http:' && LOOPBACK.test(url.hostname);
}

const TLS = 'is an https: URL, or http: on a loopback host (127.0.0.1, [::1], localhost)';
const ANY = 'is an https: or http: URL';

/** Reads the URL of something that an issuer has. @internal */
export const readIssuersUrl: OptionReader<URL> = urlReader(TLS, isTrustworthyUrl);
/** As {@link readIssuersUrl}, in a network that nobody else can write to. @internal */
export const readInsecureUrl: OptionReader<URL> = urlReader(ANY, isHttp);

/** Reads an issuer, as its tokens name it (RFC 8414 §2). @internal */
export const readIssuer: OptionReader<string> = issuerReader(TLS, isTrustworthyUrl);
/** As {@link readIssuer}, in a network that nobody else can write to. @internal */
export const readInsecureIssuer: OptionReader<string> = issuerReader(ANY, isHttp);

function urlReader(demand: string, isTaken: (url: URL) => boolean): OptionReader<URL> {
  const read = that<string>(`${demand}, without a user's name in it`, (given) =>
    isPlace(given, isTaken),
  );
  return (given, name) => new URL(read(given, name));
}

function issuerReader(demand: string, isTaken: (url: URL) => boolean): OptionReader<string> {
  return that<string>(
    `${demand}, without a user's name, query and fragment`,
    (given) => isPlace(given, isTaken) && !/[?#]/.test(given as string),
  );
}

function isHttp({ protocol }: URL): boolean {
  return protocol === 'https:' || protocol === 'http:';
}

function isPlace(given: unknown, isTaken: (url: URL) => boolean): boolean {
  const url = typeof given === 'string' && URL.canParse(given) ? new URL(given) : undefined;
  return url !== undefined && isTaken(url) && url.username === '' && url.password === '';
}

/**
 * Where an issuer publishes its metadata, in the order in which to ask: the well-known segment
 * before the path (RFC 8414 §3.1), then after it (OpenID Connect Discovery 1.0 §4.1).
 *
 * @internal
 */
export function metadataUrls(issuer: string): readonly URL[] {
  const { origin, pathname } = new URL(issuer);
  const path = pathname.replace(/\/$/, '');
  return [
    new URL(`${origin}/.well-known/oauth-authorization-server${path}`),
    new URL(`${origin}${path}/.well-known/openid-configuration`),
  ];
}
