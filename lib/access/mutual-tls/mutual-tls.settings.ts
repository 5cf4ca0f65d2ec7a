import { BlockList, isIP } from 'node:net';
import {
  listOf,
  objectOf,
  optional,
  type OptionReaders,
  refuseOption,
  that,
} from '../../contract/options/option-readers.js';
import type { MutualTlsOptions } from './mutual-tls.options.js';

/** Where client certificates come from. @internal */
export interface MutualTlsSettings {
  /** `undefined` where it is the connection. */
  readonly proxy: TrustedProxy | undefined;
}

/** Who is believed on a client's certificate, and where it is written. @internal */
export interface TrustedProxy {
  /** In lower case. */
  readonly header: string;
  readonly addresses: BlockList;
}

const readOptions = objectOf({
  header: optional(
    that<string>(
      'takes the name of a header (RFC 9110 §5.1), such as Client-Cert',
      (given) => typeof given === 'string' && /^[\w!#$%&'*+\-.^`|~]+$/.test(given),
    ),
  ),
  proxies: optional(
    listOf<string>(
      'takes IP addresses and networks, such as 10.0.0.7 and 10.0.0.0/8',
      (given) => typeof given === 'string' && toNetwork(given) !== undefined,
    ),
  ),
} satisfies OptionReaders<MutualTlsOptions>);

/**
 * @returns `undefined` where no certificates are looked at
 * @throws TypeError where an option is wrong; the message names it and the fix.
 * @internal
 */
export function readMutualTls(given: unknown, name: string): MutualTlsSettings | undefined {
  if (given === undefined || given === false) {
    return undefined;
  }
  const { header, proxies } = readOptions(given === true ? {} : given, name);
  if (header === undefined && proxies === undefined) {
    return { proxy: undefined };
  }
  if (header === undefined || proxies === undefined) {
    const missing = header === undefined ? 'header' : 'proxies';
    refuseOption(`${name}.${missing}`, 'is missing; header and proxies are given together');
  }
  return { proxy: { header: header.toLowerCase(), addresses: toAddresses(proxies) } };
}

function toAddresses(proxies: readonly string[]): BlockList {
  const addresses = new BlockList();
  for (const proxy of proxies) {
    const { address, prefix, family } = toNetwork(proxy)!;
    addresses.addSubnet(address, prefix, family);
  }
  return addresses;
}

function toNetwork(text: string) {
  const [address = '', length, ...rest] = text.split('/');
  const bits = { 0: 0, 4: 32, 6: 128 }[isIP(address)] ?? 0;
  const prefix = length === undefined ? bits : /^\d{1,3}$/.test(length) ? Number(length) : NaN;
  return bits > 0 && prefix <= bits && rest.length === 0
    ? { address, prefix, family: bits === 32 ? ('ipv4' as const) : ('ipv6' as const) }
    : undefined;
}
