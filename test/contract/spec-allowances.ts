import type { Allowance } from './spec-schemas.js';

type Json = Record<string, unknown>;
type Properties = Record<string, Json>;

/** The members of a definition, ready to change; an empty object when the file does not have it. */
function membersOf(definitions: Record<string, Json>, ...names: string[]): Properties[] {
  return names
    .map((name) => definitions[name]?.['properties'] as Properties | undefined)
    .filter((members) => members !== undefined);
}

const dateOrTimestamp: Json = { type: 'string', pattern: String.raw`^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}\.\d{3}Z)?$` };

const SINGLES = /^(Course|District|Event|Resource|School|Section|Term|User)Response$/u;

/**
 * Where the real service, and so the sandbox, differs from Clever's specifications. Each entry is needed: a
 * test removes it and expects a failure.
 */
export const ALLOWANCES: readonly Allowance[] = [
  {
    name: 'elements of lists carry their `uri`',
    why: 'captured in every list of the Data API and the Events API',
    change: (definitions) => {
      for (const name of Object.keys(definitions).filter((key) => SINGLES.test(key))) {
        Object.assign(membersOf(definitions, name)[0] ?? {}, { uri: { type: 'string' } });
      }
    },
  },
  {
    name: 'singles carry `links`, with the relations of the record',
    why: 'captured; the specification gives them no links and knows `next`, `prev` and `self` only',
    change: (definitions) => {
      const link = { type: 'object', properties: { rel: { type: 'string' }, uri: { type: 'string' } } };
      for (const name of Object.keys(definitions).filter((key) => SINGLES.test(key))) {
        Object.assign(membersOf(definitions, name)[0] ?? {}, { links: { type: 'array', items: link } });
      }
    },
  },
  {
    name: '`previous_attributes` is inside `data`, a part of the record',
    why: 'captured in every `updated` event; the specification puts it beside `data`',
    change: (definitions) => {
      for (const name of Object.keys(definitions).filter((key) => /^[A-Z][a-z]+Object$/u.test(key))) {
        const record = definitions[name.replace(/Object$/u, '')] as Json;
        Object.assign(membersOf(definitions, name)[0] ?? {}, { previous_attributes: record });
      }
    },
  },
  {
    name: 'a member that is new appears as `null` in `previous_attributes`',
    why: 'inferred: no capture has a new member',
    change: (definitions) => {
      for (const members of membersOf(definitions, ...Object.keys(definitions).filter((key) => /Object$/u.test(key)))) {
        const { previous_attributes: previous } = members;
        if (previous !== undefined) {
          members['previous_attributes'] = withNulls(previous, definitions);
        }
      }
    },
  },
  {
    name: 'an empty list of resources is `{ resources: [] }`',
    why: 'captured on four paths',
    change: (definitions) => {
      const empty = { type: 'array', enum: [[]] };
      Object.assign(membersOf(definitions, 'ResourcesResponse')[0] ?? {}, { resources: empty });
    },
  },
  {
    name: '`count=true` answers `{ count }`',
    why: 'dev.clever.com, version 2.1; the specification declares the parameter but no response for it',
    change: (definitions) => {
      for (const members of membersOf(
        definitions,
        ...Object.keys(definitions).filter((key) => /^[A-Z][a-z]+sResponse$/u.test(key) && key !== 'EventsResponse'),
      )) {
        members['count'] = { type: 'integer' };
      }
    },
  },
  {
    name: 'errors of the Data API say `error`',
    why: 'observed; the specification says `message`, as LMS Connect does',
    change: (definitions) => {
      Object.assign(membersOf(definitions, 'NotFound')[0] ?? {}, { error: { type: 'string' } });
    },
  },
  {
    name: 'a student role carries `email`',
    why: 'captured in every student',
    change: (definitions) => {
      Object.assign(membersOf(definitions, 'Student')[0] ?? {}, { email: { type: 'string' } });
    },
  },
  {
    name: 'v3.0 has `frl_status`, `iep_status` and `home_language`',
    why: 'comments in the generator of the specifications: they exist and are left out of the file',
    version: 'v3.0',
    change: (definitions) => {
      const [student] = membersOf(definitions, 'Student');
      if (student !== undefined) {
        const text = { type: 'string' };
        const frl = { type: 'string', enum: ['Free', 'Reduced', 'Paid', ''] };
        Object.assign(student, { frl_status: frl, iep_status: text, home_language: text, ...student });
      }
    },
  },
  {
    name: 'dates of terms are plain',
    why: 'captured: `2012-12-01` on `/terms`, a timestamp below a school; the specification says `datetime`',
    change: (definitions) => {
      for (const members of membersOf(definitions, 'Term')) {
        Object.assign(members, { start_date: dateOrTimestamp, end_date: dateOrTimestamp });
      }
    },
  },
];

/** The same schema, but every member at every depth may be `null`. */
function withNulls(schema: Json, definitions: Record<string, Json>): Json {
  const named = typeof schema['$ref'] === 'string' ? definitions[schema['$ref'].split('/').at(-1) ?? ''] : undefined;
  const whole = named ?? schema;
  const properties = whole['properties'] as Properties | undefined;
  if (properties === undefined) {
    return { ...whole, 'x-nullable': true };
  }
  const members = Object.entries(properties).map(([name, member]) => [name, withNulls(member, definitions)]);
  return { ...whole, properties: Object.fromEntries(members), 'x-nullable': true };
}
