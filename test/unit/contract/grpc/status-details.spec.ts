import * as fc from 'fast-check';
import {
  fromErrorMetadata,
  fromReason,
  toErrorMetadata,
  toReason,
} from '../../../../lib/contract/grpc/error-metadata.js';
import {
  decodeStatusDetails,
  encodeStatusDetails,
  type StatusDetails,
} from '../../../../lib/contract/grpc/status-details.js';

const text = (maxLength: number) => fc.string({ unit: 'grapheme', maxLength });
const wellFormed = (maxLength: number) => text(maxLength).map((value) => value.toWellFormed());

const details: fc.Arbitrary<StatusDetails> = fc.record({
  status: fc.integer({ min: 0, max: 16 }),
  message: wellFormed(50),
  reason: wellFormed(20),
  domain: wellFormed(20),
  metadata: fc
    .array(fc.tuple(wellFormed(10), wellFormed(20)), { maxLength: 5 })
    .map((entries) => new Map(entries)),
  violations: fc.array(
    fc.record({ field: wellFormed(20), description: wellFormed(20), reason: wellFormed(10) }),
    { maxLength: 5 },
  ),
  retryAfter: fc.option(fc.integer({ min: 0, max: 2 ** 31 - 1 }), { nil: undefined }),
  requestId: fc.option(fc.uuid(), { nil: undefined }),
});

describe('google.rpc.Status', () => {
  it('comes back as it was', () => {
    fc.assert(
      fc.property(details, (given) => {
        expect(decodeStatusDetails(encodeStatusDetails(given))).toEqual(given);
      }),
    );
  });

  it('is 3 KiB at most, with as many violations as there is room for', () => {
    const violation = { field: 'f'.repeat(100), description: 'd'.repeat(500), reason: 'R' };
    const bytes = encodeStatusDetails({
      status: 3,
      message: 'm',
      reason: 'INVALID_PARAMETER',
      domain: 'd',
      metadata: new Map([['status', '400']]),
      violations: Array.from({ length: 100_000 }, () => violation),
      retryAfter: undefined,
      requestId: undefined,
    });
    expect(bytes.length).toBeLessThanOrEqual(3072);
    expect(decodeStatusDetails(bytes)?.violations.length).toBeGreaterThan(1);
  });

  it('loses the members of an exception before it is too long', () => {
    const bytes = encodeStatusDetails({
      status: 5,
      message: 'm',
      reason: 'NOT_FOUND',
      domain: 'd',
      metadata: toErrorMetadata(404, { big: 'x'.repeat(100_000) }),
      violations: [],
      retryAfter: 3,
      requestId: undefined,
    });
    expect(bytes.length).toBeLessThan(500);
    expect(decodeStatusDetails(bytes)).toMatchObject({
      reason: 'NOT_FOUND',
      retryAfter: 3,
      metadata: new Map([['status', '404']]),
    });
  });

  it('is read of any bytes without throwing', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const read = decodeStatusDetails(bytes);
        expect(read === undefined || typeof read.message === 'string').toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('rounds a delay up', () => {
    // RetryInfo with a Duration of 1 s and 1 ns
    const any = [0x0a, 0x28, ...Buffer.from('type.googleapis.com/google.rpc.RetryInfo')];
    const duration = [0x0a, 0x04, 0x08, 0x01, 0x10, 0x01];
    const detail = [...any, 0x12, duration.length, ...duration];
    const bytes = Uint8Array.from([0x1a, detail.length, ...detail]);
    expect(decodeStatusDetails(bytes)?.retryAfter).toBe(2);
  });
});

describe('the metadata of google.rpc.ErrorInfo', () => {
  it('give members back as they were, texts that look like JSON too', () => {
    const key = fc.stringMatching(/^[a-rt-z][a-zA-Z0-9_-]{0,20}$/);
    fc.assert(
      fc.property(fc.dictionary(key, fc.jsonValue()), (given) => {
        // JSON has no negative zero
        const members = JSON.parse(JSON.stringify(given)) as Record<string, unknown>;
        expect(fromErrorMetadata(toErrorMetadata(404, members))).toEqual({ status: 404, members });
      }),
    );
  });

  it.each(['200', '600', '4040', '', '404.0'])(
    'are of another contract with status %j',
    (status) => {
      expect(fromErrorMetadata(new Map([['status', status]]))).toBeUndefined();
    },
  );

  it.each(['isInt', 'isUUID', 'isISO8601', 'maxLength', 'custom'])('keep the rule %s', (rule) => {
    expect(toReason(rule)).toMatch(/^[A-Z][A-Z0-9_]+[A-Z0-9]$/);
    expect(fromReason(toReason(rule))).toBe(rule);
  });
});
