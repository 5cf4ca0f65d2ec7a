/**
 * A field of a message in the wire format of Protocol Buffers: its number, with an integer, a text or
 * the bytes of what is in it (https://protobuf.dev/programming-guides/encoding/). A text is read as
 * bytes.
 *
 * @internal
 */
export type Field = readonly [number: number, value: number | string | Uint8Array];

const VARINT = 0;
const FIXED_64 = 1;
const LENGTH_DELIMITED = 2;
const FIXED_32 = 5;
const MAX_VARINT = 10;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** The bytes of a message. What has its default, 0 or nothing, is left out, as proto3 has it. @internal */
export function encodeMessage(fields: readonly Field[]): Uint8Array {
  const parts = fields.flatMap(([number, value]): ArrayLike<number>[] => {
    if (typeof value === 'number') {
      return value === 0 ? [] : [varint(number * 8 + VARINT), varint(value)];
    }
    const content = typeof value === 'string' ? encoder.encode(value) : value;
    return value === ''
      ? []
      : [varint(number * 8 + LENGTH_DELIMITED), varint(content.length), content];
  });
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** A whole number from 0 to 2^53, seven bits a byte, the lowest first. */
function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) {
    bytes.push((rest % 0x80) + 0x80);
  }
  return [...bytes, rest];
}

/**
 * The fields of a message; whoever asks takes the numbers that it knows. Takes time linear in the
 * length.
 *
 * @throws RangeError where it is no message.
 * @internal
 */
export function decodeMessage(bytes: Uint8Array): Field[] {
  const reader = new Reader(bytes);
  const fields: Field[] = [];
  while (!reader.isAtEnd) {
    const tag = reader.varint();
    const number = Math.floor(tag / 8);
    const value = reader.value(tag % 8);
    if (value !== undefined) {
      fields.push([number, value]);
    }
  }
  return fields;
}

/** The text of the last field with this number, as proto3 has it; nothing where there is none. @internal */
export function textIn(fields: readonly Field[], number: number): string {
  const value = fields.findLast(([found]) => found === number)?.[1];
  return value instanceof Uint8Array ? decoder.decode(value) : '';
}

/** The messages or bytes of all fields with this number. @internal */
export function bytesIn(fields: readonly Field[], number: number): Uint8Array[] {
  return fields.flatMap(([found, value]) =>
    found === number && value instanceof Uint8Array ? [value] : [],
  );
}

/** The number of the last field with this number; 0 where there is none. @internal */
export function numberIn(fields: readonly Field[], number: number): number {
  const value = fields.findLast(([found]) => found === number)?.[1];
  return typeof value === 'number' ? value : 0;
}

class Reader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#bytes.length;
  }

  /** Past 2^53 it is no longer exact, and nobody's to use. */
  varint(): number {
    let value = 0;
    for (let index = 0; index < MAX_VARINT; index += 1) {
      const byte = this.#bytes[this.#at];
      if (byte === undefined) {
        throw new RangeError('The message ends within a number.');
      }
      this.#at += 1;
      value += (byte % 0x80) * 2 ** (7 * index);
      if (byte < 0x80) {
        return value;
      }
    }
    throw new RangeError('A number of the message is too long.');
  }

  /** `undefined` for what none of our messages has. */
  value(wireType: number): number | Uint8Array | undefined {
    switch (wireType) {
      case VARINT:
        return this.varint();
      case LENGTH_DELIMITED:
        return this.#take(this.varint());
      case FIXED_64:
      case FIXED_32:
        this.#take(wireType === FIXED_64 ? 8 : 4);
        return undefined;
      default:
        throw new RangeError('The message has a field of an unknown type.');
    }
  }

  #take(length: number): Uint8Array {
    const end = this.#at + length;
    if (end > this.#bytes.length) {
      throw new RangeError('The message ends within a field.');
    }
    const taken = this.#bytes.subarray(this.#at, end);
    this.#at = end;
    return taken;
  }
}
