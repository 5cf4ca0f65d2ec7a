import { STATUS_CODES } from 'node:http';
import { readFileSync } from 'node:fs';
import { contractRows } from '../../../../lib/contract/catalogue/contract-rows.js';
import { isErrorCode } from '../../../../lib/contract/catalogue/error-code.js';
import { rowForStatus, strictRow } from '../../../../lib/contract/catalogue/status-rows.js';
import { standardRows } from '../../../../lib/contract/catalogue/standard-rows.js';

const contract: [number, string][] = [
  [400, 'BAD_REQUEST'],
  [400, 'INVALID_PARAMETER'],
  [400, 'INVALID_{RESOURCE}'],
  [400, 'MISSING_PARAMETER'],
  [400, 'LIMIT_EXCEEDED'],
  [400, 'OUT_OF_RANGE'],
  [401, 'UNAUTHORIZED'],
  [403, 'FORBIDDEN'],
  [403, 'ACCESS_DENIED'],
  [403, 'LIMIT_EXCEEDED'],
  [403, 'OUT_OF_RANGE'],
  [404, 'NOT_FOUND'],
  [404, '{RESOURCE}_NOT_EXIST'],
  [409, 'CONFLICT'],
  [409, 'ALREADY_EXIST'],
  [409, '{RESOURCE}_ALREADY_EXIST'],
  [410, 'DELETED'],
  [500, 'INTERNAL_SERVER_ERROR'],
  [503, 'SERVICE_UNAVAILABLE'],
];

describe('the catalogue rows', () => {
  it('are the 19 of the contract, in its order', () => {
    expect(Object.values(contractRows).map(({ status, code }) => [status, code])).toEqual(contract);
  });

  it('have a code, a status and a sentence each', () => {
    for (const row of [...Object.values(contractRows), ...standardRows]) {
      expect(isErrorCode(row.code.replace('{RESOURCE}', 'BOOK'))).toBe(true);
      expect(row.description).toMatch(/^[A-Z].*\.$/);
    }
  });

  it.each(
    Object.keys(STATUS_CODES)
      .map(Number)
      .filter((status) => status >= 400 && status !== 509),
  )('have one for the registered status %d', (status) => {
    expect(rowForStatus(status).status).toBe(status);
    const isFallback = ['BAD_REQUEST', 'INTERNAL_SERVER_ERROR'].includes(rowForStatus(status).code);
    expect(isFallback).toBe(status === 400 || status === 500);
  });

  it.each([
    [0],
    [-1],
    [100],
    [200],
    [302],
    [399],
    [600],
    [Number.NaN],
    ['404'],
    [undefined],
    [404.5],
  ])('answer %p, which is no error status, as 500', (status) => {
    expect(rowForStatus(status)).toBe(contractRows.internalServerError);
  });

  it.each([
    [499, 'BAD_REQUEST'],
    [599, 'INTERNAL_SERVER_ERROR'],
  ])('keep the unregistered status %d under %s', (status, code) => {
    expect(rowForStatus(status)).toMatchObject({ status, code });
  });

  it.each([
    [413, 400, 'LIMIT_EXCEEDED'],
    [422, 400, 'INVALID_PARAMETER'],
    [429, 403, 'LIMIT_EXCEEDED'],
    [405, 400, 'BAD_REQUEST'],
    [431, 400, 'BAD_REQUEST'],
    [502, 503, 'SERVICE_UNAVAILABLE'],
    [504, 503, 'SERVICE_UNAVAILABLE'],
    [501, 500, 'INTERNAL_SERVER_ERROR'],
    [404, 404, 'NOT_FOUND'],
  ])('fold %d into %d %s in strict mode', (from, status, code) => {
    expect(strictRow(rowForStatus(from))).toMatchObject({ status, code });
  });

  it('stand in the README, each with its class', () => {
    const readme = readFileSync(new URL('../../../../README.md', import.meta.url), 'utf8');
    for (const [status, code] of contract) {
      expect(readme).toMatch(
        new RegExp(`\\| ${status} +\\| ${code.replace(/[{}]/g, '\\$&')} +\\|`),
      );
    }
  });
});
