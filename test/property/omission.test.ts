import { createCleverClient, SENSITIVE_FIELDS, type ValidationMode } from 'clever-sdk';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { omitSensitive, withoutSensitiveFields } from '../../src/redaction/index.js';
import { sensitiveFieldOf } from '../../src/values/sensitive-fields.js';
import { double, listOf } from '../support/double.js';
import { anyRecord } from './records.js';

/** Any JSON, with names of sensitive fields and `ext` among its members. */
const anyJson = fc.letrec<{ json: unknown; members: object }>((tie) => ({
  json: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(null, true, 7, 'text', ''),
    fc.array(tie('json'), { maxLength: 3 }),
    tie('members'),
  ),
  members: fc.dictionary(
    fc.constantFrom(
      ...SENSITIVE_FIELDS,
      'disability_code',
      'ext',
      'Gifted Status',
      'FRL_status',
      'roles',
      'id',
      '__proto__',
    ),
    tie('json'),
    { maxKeys: 5 },
  ),
})).members;
const someFields = fc.subarray([...SENSITIVE_FIELDS]);

/** What omission should leave, written the plain way: a new value, member by member. */
function expected(value: unknown, asked: ReadonlySet<string>, isExtension = false): unknown {
  if (Array.isArray(value)) return value.map((item) => expected(item, asked, isExtension));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => {
        const field = sensitiveFieldOf(name, isExtension);
        return field === undefined || asked.has(field);
      })
      .map(([name, member]) => [name, expected(member, asked, isExtension || name === 'ext')]),
  );
}

describe('omission', () => {
  it('removes what bears a name that was not asked for, and touches nothing else', () => {
    fc.assert(
      fc.property(anyJson, someFields, (value, fields) => {
        const sent = JSON.stringify(value);
        const asked = new Set(fields);
        const left = structuredClone(value);
        const hasRemoved = omitSensitive(left, asked);
        expect(JSON.stringify(left)).toBe(JSON.stringify(expected(value, asked)));
        expect(hasRemoved).toBe(JSON.stringify(left) !== sent);
      }),
    );
  });

  it('is idempotent', () => {
    fc.assert(
      fc.property(anyJson, someFields, (value, fields) => {
        omitSensitive(value, new Set(fields));
        expect(omitSensitive(value, new Set(fields))).toBe(false);
      }),
    );
  });

  it('withstands an answer that is nested without end', () => {
    const deep = JSON.parse(`${'{"a":['.repeat(50_000)}{"ell_status":1,"b":2}${']}'.repeat(50_000)}`) as object;
    expect(omitSensitive(deep)).toBe(true);
  });

  it('is the same for every client, whatever validation says', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyRecord, { minLength: 1, maxLength: 3 }),
        someFields,
        fc.constantFrom<ValidationMode>('lenient', 'off'),
        async (records, sensitiveFields, validation) => {
          const sent = records.map(({ record }) => record);
          const { fetch } = double(listOf(sent), listOf(sent));
          const clever = createCleverClient({ fetch, validation });
          const asked = clever.district({ token: 'token', sensitiveFields }).users.list();
          expect((await asked.firstPage()).data).toEqual(sent.map((one) => expected(one, new Set(sensitiveFields))));
          const unasked = clever.library({ token: 'token' }).listSectionUsers('id');
          expect((await unasked.firstPage()).data).toEqual(sent.map((one) => expected(one, new Set())));
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe('the body of an error', () => {
  it.each([
    ['', ''],
    ['{"error":"Resource not found"}', '{"error":"Resource not found"}'],
    [' {"a": 1 } ', ' {"a": 1 } '],
    ['{"data":{"ell_status":"Y","grade":"9"}}', '{"data":{"grade":"9"}}'],
    ['{"ext":{"Home language":"x","bus":"7"}}', '{"ext":{"bus":"7"}}'],
    ['{"data":{"ell_status":"Y"', '[redacted]'],
    ['{"message":"iep_status is Y"}', '[redacted]'],
    ['<p>IEP status: Y</p>', '[redacted]'],
    ['"disability"', '[redacted]'],
  ])('%j is told as %j', (body, told) => {
    expect(withoutSensitiveFields(body)).toBe(told);
  });
});
