import type { Sandbox } from '../../src/sandbox/sandbox.ts';

/** The versions that have a specification. */
export const VERSIONS = ['v3.0', 'v3.1'] as const;

/** A version of the API. */
export type Version = (typeof VERSIONS)[number];

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'body' | 'header';
}

/** The part of a specification that is read. */
export interface Spec {
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly parameters?: readonly Parameter[] }>>>>;
}

/** Whether the sandbox supports an operation of a specification, and which of its parameters have an effect. */
export interface Coverage {
  /** `GET /users/{id}`. */
  readonly operation: string;
  readonly isSupported: boolean;
  readonly parameters: readonly { readonly name: string; readonly isSupported: boolean }[];
}

interface Answer {
  readonly status: number;
  readonly isJson: boolean;
  /** The content of the answer, without its links, which repeat the request. */
  readonly content: string;
}

type Ids = Readonly<Record<string, string>>;

/**
 * Values that change the answer of a server that reads the parameter: it refuses the request, or returns
 * less.
 */
const DISTINCTIVE_VALUES: Readonly<Record<string, string>> = {
  limit: '0',
  starting_after: '',
  ending_before: '',
  cursor: 'unknown',
  count: 'true',
  role: 'unknown',
  primary: 'perhaps',
  record_type: 'nothing',
  school: '0'.repeat(24),
  date_range_start: 'someday',
  date_range_end: 'someday',
  attendance_status: 'asleep',
};

const GIVEN = { title: 'A', description: 'B', due_date: '2099-01-01T00:00:00.000Z' };

/**
 * Sends a sandbox every operation of a specification, and every parameter with a value that must change the
 * answer.
 */
export async function coverageOf(sandbox: Sandbox, version: Version, spec: Spec): Promise<Coverage[]> {
  const probe = new Probe(sandbox, version);
  await probe.prepare();
  const operations = Object.entries(spec.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { parameters = [] }]) => ({
      method: method.toUpperCase(),
      path,
      parameters,
    })),
  );
  const found: Coverage[] = [];
  // DELETE requests come last, because the others request what they delete.
  for (const { method, path, parameters } of operations.sort(
    (a, b) => Number(a.method === 'DELETE') - Number(b.method === 'DELETE'),
  )) {
    const plain = await probe.ask(method, path);
    const inside = parameters.filter((parameter) => parameter.in !== 'path');
    const tested = await Promise.all(
      inside.map(async ({ name, in: place }) => {
        const asked =
          place === 'body'
            ? await probe.ask(method, path, {}, '[]')
            : await probe.ask(method, path, { [name]: DISTINCTIVE_VALUES[name] ?? '?' });
        return { name, isSupported: asked.status !== plain.status || asked.content !== plain.content };
      }),
    );
    found.push({ operation: `${method} ${path}`, isSupported: plain.status < 300, parameters: tested });
  }
  return found;
}

class Probe {
  readonly #sandbox: Sandbox;
  readonly #version: Version;
  #ids: Ids = {};

  constructor(sandbox: Sandbox, version: Version) {
    this.#sandbox = sandbox;
    this.#version = version;
  }

  /**
   * Finds an id of every kind, and makes the records that do not exist at the start: an event, an
   * assignment.
   */
  async prepare(): Promise<void> {
    const kinds = ['districts', 'schools', 'courses', 'terms', 'users', 'resources'];
    const first = async (path: string): Promise<string> =>
      (await this.#json<{ readonly id: string }>(path))[0]?.id ?? '';
    const ids = await Promise.all(
      kinds.map(
        async (kind) => [kind, await first(`/${kind}?limit=1`.replace('/districts?limit=1', '/districts'))] as const,
      ),
    );
    const [district] = this.#sandbox.districts;
    const event = district.schools.update(ids.find(([kind]) => kind === 'schools')?.[1] ?? '', { phone: '0' });
    const classes = await this.#json<{
      readonly id: string;
      readonly students: readonly string[];
      readonly lms_status?: { readonly synced_in_lms: boolean };
    }>('/sections?limit=100');
    const section = classes.find(
      ({ lms_status, students }) => lms_status?.synced_in_lms !== false && students.length > 0,
    );
    this.#ids = {
      ...Object.fromEntries(ids),
      events: event.eventId ?? '',
      sections: section?.id ?? '',
      user_id: section?.students[0] ?? '',
    };
    if (this.#version === 'v3.1') {
      const made = await this.#send('POST', `/sections/${section?.id}/assignments`, JSON.stringify(GIVEN));
      this.#ids = {
        ...this.#ids,
        assignment_id: ((await made.json()) as { readonly data: { readonly id: string } }).data.id,
      };
    }
  }

  async ask(method: string, path: string, query: Ids = {}, body?: string): Promise<Answer> {
    const kind = path.split('/')[path.startsWith('/attendance/') ? 2 : 1] ?? '';
    const filled = path.replaceAll(/\{(\w+)\}/gu, (_, name: string) => this.#ids[name] ?? this.#ids[kind] ?? '');
    const sent =
      body ??
      (method === 'POST' || method === 'PATCH'
        ? JSON.stringify(path.endsWith('{user_id}') ? { grade_points: 1 } : GIVEN)
        : undefined);
    const response = await this.#send(method, `${filled}?${new URLSearchParams(query)}`, sent);
    const text = await response.text();
    const isJson = (response.headers.get('content-type') ?? '').includes('json');
    const { links: _, ...rest } = (isJson ? JSON.parse(text) : { text }) as Readonly<Record<string, unknown>>;
    return { status: response.status, isJson, content: JSON.stringify(rest) };
  }

  async #json<Item>(path: string): Promise<Item[]> {
    const body = (await (await this.#send('GET', path)).json()) as {
      readonly data?: readonly { readonly data: Item }[];
    };
    return (body.data ?? []).map(({ data }) => data);
  }

  #send(method: string, path: string, body?: string): Promise<Response> {
    return this.#sandbox.fetch(`https://api.clever.com/${this.#version}${path}`, {
      method,
      headers: { authorization: `Bearer ${this.#sandbox.districts[0].token}` },
      ...(body === undefined ? {} : { body }),
    });
  }
}
