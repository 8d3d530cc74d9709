import fc from 'fast-check';
import { expect, it, vi } from 'vitest';
import * as z from 'zod';
import { CHECKS } from '../../src/checks/checks.js';
import { explainRecord, type RecordKind, recordSchemas } from '../../src/schemas/record.js';
import { fixtures } from '../fixtures/records.js';
import { KIND_OF } from './records.js';

// Tens of thousands of zod validations take seconds, and longer on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const records = fixtures();

/** Every event type with the records of its collection. */
const events = Object.entries({
  courses: records.course,
  districts: records.district,
  resources: records.resource,
  schools: records.school,
  sections: records.section,
  terms: records.term,
  users: records.sensitiveStudent,
}).flatMap(([collection, object]) => {
  const id = records.userUpdated.id;
  return [
    { id, type: `${collection}.created`, data: { object } },
    { id, type: `${collection}.updated`, data: { object, previous_attributes: object }, previous_attributes: object },
    { id, type: `${collection}.deleted`, data: { object: { id } } },
  ];
});

/** The places where the schema goes deeper than the registered sensitivity. */
function kindOf(name: keyof typeof KIND_OF): RecordKind {
  return name === 'ownUser' || name === 'libraryTeacher' || name === 'libraryStudent' ? name : KIND_OF[name];
}

/** A good record of every kind, in all its variants. */
const samples: readonly (readonly [RecordKind, object])[] = [
  ...(Object.keys(KIND_OF) as (keyof typeof KIND_OF)[]).map((name) => [kindOf(name), records[name]] as const),
  ...[...events, records.userUpdated, records.sectionUpdated, records.userDeleted, records.unknownEvent].map(
    (event) => ['event', event] as const,
  ),
];

/** Every member name of a schema, and some names that are special in JavaScript. */
const names: readonly string[] = (() => {
  const found = new Set(['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'length', '0', '', 'unheard_of']);
  const collect = (json: unknown): void => {
    if (typeof json === 'object' && json !== null) {
      for (const name of Object.keys((json as { properties?: object }).properties ?? {})) {
        found.add(name);
      }
      Object.values(json).forEach(collect);
    }
  };
  for (const schema of Object.values(recordSchemas)) {
    collect(z.toJSONSchema(schema));
  }
  return [...found];
})();

/** `1e999` is valid JSON, and becomes a number that is not finite. */
const VALUES = [
  null,
  '',
  'text',
  'users.updated',
  0,
  7.5,
  Number.POSITIVE_INFINITY,
  true,
  false,
  [],
  {},
  [null],
  ['a'],
  [[]],
  { a: 1 },
] as const;

/** Sets a member as `JSON.parse` does, with `__proto__` as an ordinary name. */
function set(node: object, name: string, value: unknown): void {
  Object.defineProperty(node, name, { value, enumerable: true, configurable: true, writable: true });
}

/** A record as it is received, in which lists have no holes; the number that is not finite is kept. */
function fromWire(record: object): unknown {
  const text = JSON.stringify(record, (_, value: unknown) => (value === Number.POSITIVE_INFINITY ? '1e999' : value));
  return JSON.parse(text.replaceAll('"1e999"', '1e999'));
}

/** Every object and list in a record, the record itself first. */
function nodesOf(value: unknown): object[] {
  return typeof value === 'object' && value !== null ? [value, ...Object.values(value).flatMap(nodesOf)] : [];
}

function compare(kind: RecordKind, record: unknown): boolean {
  const fits = CHECKS[kind](record);
  const issues = explainRecord(kind, record);
  if (fits !== (issues.length === 0)) {
    throw new Error(
      `${kind}: the check says ${fits}, the schema ${JSON.stringify(issues)} of ${JSON.stringify(record)}`,
    );
  }
  return fits;
}

it('check and schema take every sample', () => {
  expect(new Set(samples.map(([kind]) => kind))).toEqual(new Set(Object.keys(CHECKS)));
  expect(samples.filter(([kind, record]) => !compare(kind, record))).toEqual([]);
});

it('check and schema agree on every sample as every kind', () => {
  for (const [, record] of samples) {
    for (const kind of Object.keys(CHECKS) as RecordKind[]) {
      compare(kind, structuredClone(record));
    }
  }
});

it.each(samples)('check and schema agree on every single change of %s %#', (kind, sample) => {
  const record = structuredClone(sample);
  const verdicts = new Set<boolean>();
  for (const node of new Set(nodesOf(record))) {
    const before = Object.entries(node);
    const tryWith = (name: string, value: unknown): void => {
      set(node, name, value);
      verdicts.add(compare(kind, record));
    };
    for (const [name, value] of before) {
      for (const other of VALUES) {
        tryWith(name, other);
      }
      Reflect.deleteProperty(node, name);
      verdicts.add(compare(kind, record));
      set(node, name, value);
    }
    for (const name of Array.isArray(node) ? [] : names.filter((name) => !Object.hasOwn(node, name))) {
      tryWith(name, [7]);
      Reflect.deleteProperty(node, name);
    }
  }
  expect(record).toEqual(sample);
  expect(verdicts).toEqual(new Set([true, false]));
});

it('check and schema agree on records with changes in many places', () => {
  const change = fc.record({
    at: fc.nat(),
    /** An existing member when undefined. */
    name: fc.oneof(fc.constant(undefined), fc.constantFrom(...names), fc.string({ maxLength: 8 })),
    value: fc.oneof(
      { withCrossShrink: true },
      fc.constant(undefined),
      fc.constantFrom<unknown>(...VALUES),
      fc.jsonValue({ maxDepth: 3 }),
      fc.constantFrom(...samples).map(([, record]) => record),
    ),
  });
  const verdicts = { true: 0, false: 0 };
  fc.assert(
    fc.property(
      fc.constantFrom(...samples),
      fc.array(change, { minLength: 1, maxLength: 4 }),
      ([kind, sample], changes) => {
        const record = structuredClone(sample);
        for (const { at, name, value } of changes) {
          const nodes = nodesOf(record);
          const node = nodes[at % nodes.length] ?? record;
          const present = Object.keys(node);
          const chosen = name !== undefined && !Array.isArray(node) ? name : present[at % present.length];
          if (chosen === undefined) {
            continue;
          }
          if (value === undefined) {
            Reflect.deleteProperty(node, chosen);
          } else {
            set(node, chosen, structuredClone(value));
          }
        }
        verdicts[`${compare(kind, fromWire(record))}`] += 1;
      },
    ),
    { numRuns: 5_000 },
  );
  expect(Math.min(verdicts.true, verdicts.false)).toBeGreaterThan(300);
});

it('check and schema agree on values that are not records', () => {
  for (const kind of Object.keys(CHECKS) as RecordKind[]) {
    for (const value of VALUES) {
      compare(kind, value);
    }
  }
});
