import { readdirSync, readFileSync } from 'node:fs';
import { createCleverClient } from 'clever-sdk';
import { SENSITIVE_FIELDS } from 'clever-sdk/values';
import { describe, expect, it } from 'vitest';
import { double } from '../support/double.js';
import { referenceDir, referencePath, skipReason } from '../support/reference.js';

/** The call that reads a captured answer, by the beginning of its file name. */
const READERS = {
  'users-v3.0-': ['users', 'list'],
  'user-v3.0-list-item': ['users', 'get'],
  'user-v3.0-student': ['users', 'get'],
  'user-v3.0-teacher': ['users', 'get'],
  'events-v3.0-': ['events', 'list'],
  'event-v3.0-': ['events', 'get'],
  'schools-v3.0-': ['schools', 'list'],
  'school-v3.0-': ['schools', 'get'],
  'sections-v3.0-': ['sections', 'list'],
  'section-v3.0-': ['sections', 'get'],
  'courses-v3.0-': ['courses', 'list'],
  'course-v3.0-': ['courses', 'get'],
  'terms-v3.0-': ['terms', 'list'],
  'term-v3.0-': ['terms', 'get'],
  'districts-v3.0-': ['districts', 'list'],
  'district-v3.0-': ['districts', 'get'],
  'resources-v3.0-': ['resources', 'list'],
} as const;

type Reader = (typeof READERS)[keyof typeof READERS];
interface Answer {
  readonly data?: unknown;
  readonly resources?: readonly unknown[];
}

const title = 'payloads of the real service, read by a client';
if (referenceDir === undefined) {
  process.stderr.write(`${title}: ${skipReason}\n`);
}

const files = referenceDir === undefined ? [] : readdirSync(referencePath('examples'));
const cases = files.flatMap((file) =>
  Object.entries(READERS)
    .filter(([start]) => file.startsWith(start))
    .map(([, reader]): [string, Reader] => [file, reader]),
);

/** The records of an answer as sent, without their wrappers. */
function sentIn({ data, resources }: Answer): unknown[] {
  const elements = (Array.isArray(data) ? data : (resources ?? [data])) as { id?: string; data?: unknown }[];
  return elements.map((element) => (element.data !== undefined && element.id === undefined ? element.data : element));
}

/** The record without its sensitive fields: in captures they occur only in `ext`, under their own names. */
function withoutSensitive(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (key, member: unknown) =>
    SENSITIVE_FIELDS.some((field) => field === key) ? undefined : member,
  );
}

/** The id of the record in a single answer, which a read must ask for. */
function idIn(answer: Answer): string {
  const [record] = sentIn(answer) as { readonly id: string }[];
  return record?.id ?? '';
}

async function read(answer: object, [resource, method]: Reader, sensitiveFields: 'all' | []): Promise<unknown[]> {
  const { links: _, ...unlinked } = answer as { links?: unknown };
  const { fetch } = double(unlinked);
  const district = createCleverClient({ fetch, apiVersion: 'v3.0', validation: 'strict' }).district({
    token: 'token',
    sensitiveFields,
  });
  return method === 'list'
    ? district[resource].list().toArray({ maxItems: 100 })
    : [await district[resource as 'users'].get(idIn(answer))];
}

describe.skipIf(referenceDir === undefined)(referenceDir === undefined ? `${title} (${skipReason})` : title, () => {
  it('exist', () => {
    expect(cases.length).toBeGreaterThan(30);
    expect(new Set(cases.map(([, reader]) => reader)).size).toBeGreaterThan(13);
  });

  it.each(cases)('%s parses strictly and comes out as sent, less the sensitive fields', async (file, reader) => {
    const answer = JSON.parse(readFileSync(referencePath('examples', file), 'utf8')) as object;
    const sent = sentIn(answer);
    expect(await read(answer, reader, [])).toStrictEqual(sent.map(withoutSensitive));
    expect(await read(answer, reader, 'all')).toStrictEqual(sent);
  });
});
