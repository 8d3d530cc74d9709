import { readFileSync } from 'node:fs';
import { createCleverClient, type DistrictClientV30 } from 'clever-sdk';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { double } from '../support/double.js';
import { describesRow, proves } from '../support/evidence.js';
import { referenceDir, referencePath, skipReason } from '../support/reference.js';

type ApiVersion = 'v3.0' | 'v3.1';

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema?: { readonly $ref: string };
}

interface SpecOperation {
  readonly parameters?: readonly Parameter[];
}

interface Spec {
  readonly paths: Readonly<Record<string, Readonly<Record<string, SpecOperation>>>>;
  readonly definitions: Readonly<Record<string, { readonly properties?: object }>>;
}

/** What a method sent. */
interface Sent {
  /** The operation as the specification names it: `GET /users/{id}`. */
  readonly operation: string;
  readonly query: readonly string[];
  readonly body: object;
}

type Method = (...args: unknown[]) => unknown;

/** The families of each version, with the number of paths in its client specification. */
const versions: Readonly<Record<ApiVersion, { readonly names: readonly string[]; readonly paths: number }>> = (() => {
  const roster = ['districts', 'schools', 'courses', 'terms', 'sections', 'users', 'resources', 'events'];
  return {
    'v3.0': { names: roster, paths: 44 },
    'v3.1': { names: [...roster, 'lms', 'assignments', 'submissions', 'attendance'], paths: 50 },
  };
})();

const eventId = 'ffffffff0000000000000000';
const everyAssignmentMember = {
  ...{ title: '', description: '', description_plaintext: '', due_date: '', start_date: '', end_date: '' },
  ...{ display_date: '', points_possible: 1, grading_type: '', submission_types: [], max_attempts: 1 },
  ...{ assignee_mode: '', assignee_ids: [], attachments: [], term_id: '' },
};
const everySubmissionMember = {
  ...{ state: '', grade: '', grade_points: 1, grade_comment: '', grader_id: '', flags: [], extra_attempts: 1 },
  ...{ override_due_date: '', attachments: [] },
};

/** Arguments of the methods that take something other than one id. */
const argumentsOf: Readonly<Record<string, readonly unknown[]>> = {
  'events.list': [{ after: eventId, school: 'id', record_type: ['users', 'sections'] }],
  'events.latestCursor': [],
  'lms.check': [],
  'assignments.create': ['id', everyAssignmentMember],
  'assignments.get': ['id', 'id'],
  'assignments.update': ['id', 'id', everyAssignmentMember],
  'assignments.delete': ['id', 'id'],
  'submissions.list': ['id', 'id'],
  'submissions.get': ['id', 'id', 'id'],
  'submissions.update': ['id', 'id', 'id', everySubmissionMember],
  ...Object.fromEntries(
    ['attendance.listForSchool', 'attendance.listForSection'].map((name) => [
      name,
      ['id', { date_range_start: '2026-09-01', date_range_end: '2026-09-02', attendance_status: 'absent' }],
    ]),
  ),
};

/** Every public method of every resource, by the name a user would type. */
function methodsOf(client: DistrictClientV30, version: ApiVersion): [name: string, method: Method][] {
  return versions[version].names.flatMap((name) => {
    const resource: object = client[name as keyof DistrictClientV30];
    const prototype = Object.getPrototypeOf(resource) as Record<string, Method>;
    return Object.getOwnPropertyNames(prototype)
      .filter((key) => key !== 'constructor')
      .map((key): [string, Method] => [`${name}.${key}`, (...args) => prototype[key]?.apply(resource, args)]);
  });
}

/** Calls a method, with an id where it takes one, and returns the first request that it sent. */
async function requestOf(version: ApiVersion, name: string): Promise<Sent> {
  const operations: string[] = [];
  const { fetch, seen } = double({ data: [], count: 0, links: [] });
  const client = createCleverClient({
    fetch,
    apiVersion: version,
    retry: false,
    onEvent: (event) => {
      if (event.kind === 'request') {
        operations.push(`${event.method} ${event.pathTemplate.slice(`/${version}`.length)}`);
      }
    },
  }).district({ token: 'token' });
  const method = methodsOf(client, version).find(([key]) => key === name)?.[1];
  const takesId = !/\.(list|count)$/u.test(name);
  try {
    const result = method?.(...(argumentsOf[name] ?? (takesId ? ['some-id'] : [])));
    await (name.includes('.list') ? (result as { firstPage(): Promise<unknown> }).firstPage() : result);
  } catch {
    // The answer fits no single record; only the request matters here.
  }
  const query = [...(seen[0]?.url.searchParams.keys() ?? [])];
  const body: object = JSON.parse(seen[0]?.body || '{}');
  return { operation: operations[0] ?? 'nothing was sent', query, body };
}

function readSpec(file: string): Spec {
  return parse(readFileSync(referencePath('openapi', file), 'utf8')) as Spec;
}

function operationsOf({ paths }: Spec): Map<string, SpecOperation> {
  return new Map(
    Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => [`${method.toUpperCase()} ${path}`, operation] as const),
    ),
  );
}

const METHODS = proves('a method for each operation');

describe.each(['v3.0', 'v3.1'] as const)('the official client specification of %s', (version) => {
  const title = (text: string): string => (referenceDir === undefined ? `${text} (${skipReason})` : text);
  const test = it.skipIf(referenceDir === undefined);
  describesRow(() => ({ part: 'api', name: version }));
  const client = createCleverClient({ apiVersion: version }).district({ token: 'token' });
  const names = methodsOf(client, version).map(([name]) => name);
  const requests = (): Promise<(readonly [string, Sent])[]> =>
    Promise.all(names.map(async (name) => [name, await requestOf(version, name)] as const));

  test(title('and the district client have the same operations, no more and no less'), METHODS, async () => {
    const specified = operationsOf(readSpec(`${version}-client.yml`));
    const ours = new Set((await requests()).map(([, { operation }]) => operation));
    expect([...ours].sort()).toEqual([...specified.keys()].sort());
    expect(new Set([...ours].map((operation) => operation.split(' ')[1])).size).toBe(versions[version].paths);
  });

  test(title('has the paths of its parts, so that none is left out'), METHODS, () => {
    const parts = [`${version}.yml`, `${version}-events.yml`];
    const all = version === 'v3.0' ? parts : [...parts, 'v3.1-lms.yml', 'v3.1-attendance.yml'];
    const together = all.flatMap((file) => [...operationsOf(readSpec(file)).keys()]);
    expect([...operationsOf(readSpec(`${version}-client.yml`)).keys()].sort()).toEqual(together.sort());
  });

  test(title('declares every parameter that a call sends, and the methods send every filter'), METHODS, async () => {
    const specified = operationsOf(readSpec(`${version}-client.yml`));
    for (const [name, { operation, query }] of await requests()) {
      const known = (specified.get(operation)?.parameters ?? []).filter((parameter) => parameter.in === 'query');
      const declared = known.map((parameter) => parameter.name);
      expect([name, query.filter((key) => !declared.includes(key))]).toEqual([name, []]);
      if (name === 'events.list' || name.startsWith('attendance.')) {
        const positions = ['ending_before', 'starting_after'];
        const unsent = declared.filter((key) => !query.includes(key) && !positions.includes(key));
        expect([name, unsent]).toEqual([name, []]);
      }
    }
  });

  test(title('declares every member that a call writes, and the methods write every one'), METHODS, async () => {
    const spec = readSpec(`${version}-client.yml`);
    const specified = operationsOf(spec);
    for (const [name, { operation, body }] of await requests()) {
      const declared = specified.get(operation)?.parameters?.find((parameter) => parameter.in === 'body')?.schema?.$ref;
      const members = spec.definitions[declared?.split('/').at(-1) ?? '']?.properties ?? {};
      expect([name, Object.keys(body).sort()]).toEqual([name, Object.keys(members).sort()]);
    }
  });
});
