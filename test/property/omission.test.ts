import { createCleverClient, type ValidationMode } from 'clever-sdk';
import { SENSITIVE_FIELDS } from 'clever-sdk/values';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { omitSensitive, withoutSensitiveFields } from '../../src/privacy/index.js';
import { sensitiveFieldOf } from '../../src/privacy/sensitive-fields.js';
import { double, listOf } from '../support/double.js';
import { anyRecord } from './records.js';

/** Any JSON value, with names of sensitive fields and `ext` among its members. */
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

/** A copy as `JSON.parse` makes it: `__proto__` is a member like any other. */
const fromWire = (value: object): object => JSON.parse(JSON.stringify(value)) as object;

/** The expected result of omission, computed in the simplest way: a new value, member by member. */
function expected(value: unknown, asked: ReadonlySet<string>, isExtension = false): unknown {
  if (Array.isArray(value)) {
    return value.map((item) => expected(item, asked, isExtension));
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
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
  it('removes every member with a name that was not requested, and nothing else', () => {
    fc.assert(
      fc.property(anyJson, someFields, (value, fields) => {
        const asked = new Set(fields);
        const left = fromWire(value);
        omitSensitive(left, asked);
        expect(JSON.stringify(left)).toBe(JSON.stringify(expected(value, asked)));
      }),
    );
  });

  it('is idempotent', () => {
    fc.assert(
      fc.property(anyJson, someFields, (value, fields) => {
        omitSensitive(value, new Set(fields));
        const once = JSON.stringify(value);
        omitSensitive(value, new Set(fields));
        expect(JSON.stringify(value)).toBe(once);
      }),
    );
  });

  it('finds a field at any depth', () => {
    const nested = (depth: number, inside: string) => `${'{"a":['.repeat(depth)}${inside}${']}'.repeat(depth)}`;
    // Around the depth at which the walk stops recursing, and at depths where recursion would overflow the stack.
    for (const depth of [1, 49, 50, 51, 99, 100, 101, 102, 50_000]) {
      const deep = JSON.parse(nested(depth, '{"ell_status":1,"ext":{"Ell Status":[2],"b":3}}')) as object;
      omitSensitive(deep);
      let inside: unknown = deep;
      for (let level = 0; level < depth; level++) {
        inside = (inside as { a: [unknown] }).a[0];
      }
      expect([depth, inside]).toEqual([depth, { ext: { b: 3 } }]);
    }
  });

  it('keeps the identity of an object, because the hiding of its secrets depends on it', () => {
    const token = { access_token: 'token', ell_status: 'Y', of: { ell_status: 'Y' } };
    Object.defineProperty(token, 'toJSON', { value: () => 'hidden' });
    omitSensitive(token);
    expect(Object.keys(token)).toEqual(['access_token', 'of']);
    expect(JSON.stringify([token, token.of])).toBe('["hidden",{}]');
  });

  it('recognises names themselves, not their position in earlier records', () => {
    const earlier = { roles: { student: { first: 1, second: 2, third: 3, ext: { first: 1 } } } };
    omitSensitive(structuredClone(earlier));
    const others = { roles: { student: { first: 1, frl_status: 2, second: 2, ext: { 'Frl Status': 1, first: 2 } } } };
    omitSensitive(others);
    expect(others).toEqual({ roles: { student: { first: 1, second: 2, ext: { first: 2 } } } });
    // Only below `ext` does a name in another spelling mean the field.
    const moved = { ext: { 'frl status': 1, first: 1 }, 'frl status': 1, roles: { first: { 'frl status': 1 } } };
    omitSensitive(moved);
    expect(moved).toEqual({ ext: { first: 1 }, 'frl status': 1, roles: { first: { 'frl status': 1 } } });
  });

  it('still works with more names than it remembers', () => {
    const names = Array.from({ length: 20_000 }, (_, index) => `district field ${index}`);
    const ext = Object.fromEntries(
      names.flatMap((name) => [
        [name, ''],
        [`${name}.Gifted_Status`, 'Y'],
      ]),
    );
    const record = { ext };
    omitSensitive(record);
    expect(Object.keys(record.ext)).toEqual(names);
  });

  it('is the same in every client, whatever the validation mode', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyRecord, { minLength: 1, maxLength: 3 }),
        someFields,
        fc.constantFrom<ValidationMode>('lenient', 'off'),
        async (records, sensitiveFields, validation) => {
          // Each with an id of its own: a record that comes twice is delivered once.
          const sent = records.map(({ record }, index) => ({ ...record, id: `${index}`.padStart(24, '0') }));
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
  ])('%j is shown as %j', (body, shown) => {
    expect(withoutSensitiveFields(body)).toBe(shown);
  });

  it('is withheld where it is nested too deep to be written again', () => {
    expect(withoutSensitiveFields(`${'['.repeat(30_000)}{"ell_status":"Y"}${']'.repeat(30_000)}`)).toBe('[redacted]');
  });
});
