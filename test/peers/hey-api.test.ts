import { pathToFileURL } from 'node:url';
import { createClient } from '@hey-api/openapi-ts';
import type { DistrictRecords, ListeningSandbox } from 'clever-sdk/sandbox';
import { describe, expect, it } from 'vitest';
import { referenceDir, skipReason } from '../support/reference.js';
import { generatedFolder, readSpec, specPath, VERSIONS, type Version } from './specs.js';
import { inOrder, serve, truth } from './truth.js';

/* A client that @hey-api/openapi-ts generates from Clever's official specification, at the sandbox. */

interface Element {
  readonly data: { readonly id: string };
}

interface Result {
  readonly data?: {
    readonly data: readonly Element[];
    readonly links?: readonly { readonly rel: string; readonly uri: string }[];
  };
  readonly error?: unknown;
  readonly response: Response;
}

type Operation = (options: {
  readonly client: unknown;
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: object;
}) => Promise<Result>;

interface Generated {
  readonly operations: Readonly<Record<string, Operation>>;
  readonly makeClient: (config: object) => unknown;
}

async function generate(version: Version): Promise<Generated> {
  const folder = await generatedFolder();
  await createClient({
    input: specPath(version),
    output: { path: folder, clean: false },
    logs: { level: 'silent', file: false },
  });
  const load = (name: string): Promise<unknown> => import(/* @vite-ignore */ pathToFileURL(`${folder}/${name}`).href);
  return {
    operations: (await load('sdk.gen.ts')) as Generated['operations'],
    makeClient: ((await load('client/index.ts')) as { createClient: Generated['makeClient'] }).createClient,
  };
}

function clientFor({ makeClient }: Generated, sandbox: ListeningSandbox, version: Version): unknown {
  return makeClient({ baseUrl: `${sandbox.url}/${version}`, auth: sandbox.districts[0].token });
}

/** All records of a list, page by page, from the positions that the `next` links name. */
async function readAll(list: Operation, client: unknown): Promise<Element['data'][]> {
  const found: Element['data'][] = [];
  for (let query: Record<string, unknown> | undefined = { limit: 50 }; query !== undefined; ) {
    const { data, error, response } = await list({ client, query });
    expect([response.status, error]).toEqual([200, undefined]);
    found.push(...(data?.data ?? []).map((element) => element.data));
    const next = data?.links?.find(({ rel }) => rel === 'next');
    const after =
      next === undefined ? null : new URL(next.uri, 'https://api.clever.com').searchParams.get('starting_after');
    query = after === null ? undefined : { limit: 50, starting_after: after };
  }
  return found;
}

/** An id with which a path can be requested. */
function idFor(
  path: string,
  { district, schools, terms, courses, sections, resources, users }: DistrictRecords,
  event: string,
): string {
  const lists = { schools, terms, courses, sections, resources, users, districts: [district], events: [{ id: event }] };
  const kind = path.split('/')[1] as keyof typeof lists;
  const teacher = users?.find((user) => 'teacher' in (user as unknown as { roles: object }).roles);
  return (path.endsWith('mystudents') ? teacher : lists[kind]?.[0])?.id ?? '';
}

describe.skipIf(referenceDir === undefined).each(VERSIONS)(
  `a hey-api client of %s${referenceDir === undefined ? ` (${skipReason})` : ''}`,
  (version) => {
    it('reads the whole roster, page by page', async () => {
      const records = await truth();
      const sandbox = await serve(records);
      const generated = await generate(version);
      const client = clientFor(generated, sandbox, version);
      const lists = {
        getUsers: records.users,
        getSections: records.sections,
        getSchools: records.schools,
        getCourses: records.courses,
        getTerms: records.terms,
      };
      for (const [name, expected] of Object.entries(lists)) {
        const found = await readAll(generated.operations[name] as Operation, client);
        const shown =
          version === 'v3.1'
            ? expected
            : expected?.map(({ lms_status: _, ...rest }: { id: string; lms_status?: unknown }) => rest);
        expect([name, found]).toEqual([name, inOrder(shown as typeof expected)]);
      }
    });

    it('finds every path that can be read, and receives what it requested', async () => {
      const records = await truth();
      const sandbox = await serve(records);
      const { eventId = '' } = sandbox.districts[0].schools.update(records.schools?.[0]?.id ?? '', { name: 'Renamed' });
      const generated = await generate(version);
      const client = clientFor(generated, sandbox, version);
      const reads = Object.entries(readSpec(version).paths).filter(
        ([path, { get }]) => get !== undefined && !path.includes('/assignments'),
      );
      expect(reads).toHaveLength(version === 'v3.0' ? 44 : 46);
      for (const [path, methods] of reads) {
        const operation = generated.operations[methods['get']?.operationId ?? ''] as Operation;
        const id = path.startsWith('/attendance/')
          ? idFor(path.replace('/attendance', ''), records, '')
          : idFor(path, records, eventId);
        const { response, data, error } = await operation({ client, path: { id, school_id: id, section_id: id } });
        expect([path, response.status, error]).toEqual([path, 200, undefined]);
        expect(Object.keys(data ?? {})).toContain('data');
      }
    });

    it('is refused with the errors of the specification', async () => {
      const sandbox = await serve(await truth());
      const generated = await generate(version);
      const getUser = generated.operations['getUser'] as Operation;
      const unknown = await getUser({ client: clientFor(generated, sandbox, version), path: { id: '0'.repeat(24) } });
      const stranger = await getUser({
        client: generated.makeClient({ baseUrl: `${sandbox.url}/${version}`, auth: 'unknown' }),
        path: { id: '0' },
      });
      expect([unknown, stranger].map(({ response, data }) => [response.status, data])).toEqual([
        [404, undefined],
        [401, undefined],
      ]);
    });
  },
);

it.skipIf(referenceDir === undefined)('a hey-api client of v3.1 writes an assignment and grades it', async () => {
  const records = await truth();
  const sandbox = await serve(records);
  const generated = await generate('v3.1');
  const client = clientFor(generated, sandbox, 'v3.1');
  const call = async (name: string, path: Readonly<Record<string, string>>, body?: object) => {
    const result = await (generated.operations[name] as Operation)({
      client,
      path,
      ...(body === undefined ? {} : { body }),
    });
    expect([name, result.error]).toEqual([name, undefined]);
    return result.data as unknown as { readonly data: Record<string, unknown> & { readonly id: string } };
  };
  const section = records.sections?.[0] as { readonly id: string; readonly students: readonly string[] };
  const inSection = { section_id: section.id };
  const { data: made } = await call('createAssignmentForSection', inSection, {
    title: 'A',
    description: 'B',
    due_date: '2027-01-01T00:00:00.000Z',
    points_possible: 10,
  });
  const path = { ...inSection, assignment_id: made.id };
  await call('updateAssignmentForSection', path, { title: 'Renamed' });
  expect((await call('getAssignmentForSection', path)).data).toMatchObject({ id: made.id, title: 'Renamed' });
  const student = { ...path, user_id: section.students[0] ?? '' };
  await call('updateSubmissionForAssignment', student, { grade_points: 7 });
  expect((await call('getSubmissionForAssignment', student)).data).toMatchObject({ grade_points: 7 });
  expect((await call('getSubmissionsForAssignment', path)).data).not.toHaveLength(0);
  await call('deleteAssignmentForSection', path);
});
