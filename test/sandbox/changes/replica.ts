import type { Sandbox, SandboxDistrict } from 'clever-sdk/sandbox';
import { ask } from '../support.js';

const KINDS = ['districts', 'schools', 'terms', 'courses', 'users', 'sections', 'resources'] as const;

export type Kind = (typeof KINDS)[number];

/** A record, with the members that the checks read. */
export interface Rec {
  readonly id: string;
  readonly school?: string;
  readonly course?: string;
  readonly term_id?: string;
  readonly teacher?: string;
  readonly teachers?: readonly string[];
  readonly students?: readonly string[];
  readonly name?: unknown;
  readonly roles?: Readonly<Record<string, RoleRec>>;
  readonly [member: string]: unknown;
}

interface RoleRec {
  readonly school?: string;
  readonly schools?: readonly string[];
  readonly enrollments?: readonly { readonly school: string; readonly start_date: string; readonly end_date: string }[];
  readonly student_relationships?: readonly { readonly student: string }[];
  readonly [member: string]: unknown;
}

/** An event as the API delivers it. */
export interface DeliveredEvent {
  readonly id: string;
  readonly type: string;
  readonly data: { readonly object: Rec; readonly previous_attributes?: Readonly<Record<string, unknown>> };
}

/** All records of a district, as its token reads them. */
export type Replica = Record<Kind, Map<string, Rec>>;

export async function readReplica(
  sandbox: Sandbox,
  district: SandboxDistrict = sandbox.districts[0],
): Promise<Replica> {
  const lists = await Promise.all(
    KINDS.map(async (kind) => {
      const { body } = await ask(sandbox, `/v3.1/${kind}?limit=10000`, district.token);
      const list = 'resources' in body ? [] : body.data;
      return [kind, new Map(list.map(({ data }) => [data.id, data as Rec]))] as const;
    }),
  );
  return Object.fromEntries(lists) as Replica;
}

/** The events after a cursor, oldest first. */
export async function eventsOf(
  sandbox: Sandbox,
  after?: string,
  district: SandboxDistrict = sandbox.districts[0],
): Promise<DeliveredEvent[]> {
  const cursor = after === undefined ? '' : `&starting_after=${after}`;
  const { body } = await ask(sandbox, `/v3.1/events?limit=10000${cursor}`, district.token);
  return body.data.map(({ data }) => data as unknown as DeliveredEvent);
}

/**
 * Updates a copy from events alone, as an app would, and returns complaints about events that name an
 * absent record, or that delete a record that is still named.
 */
export function follow(replica: Replica, events: readonly DeliveredEvent[]): string[] {
  const complaints: string[] = [];
  for (const { type, data } of events) {
    const [kind, action] = type.split('.') as [Kind, string];
    const isKnown = replica[kind].has(data.object.id);
    if (isKnown === (action === 'created')) {
      complaints.push(`${type} of a record that ${isKnown ? 'already exists' : 'is absent'}`);
    }
    if (action === 'deleted') {
      replica[kind].delete(data.object.id);
    } else {
      replica[kind].set(data.object.id, data.object);
      complaints.push(...danglingIn(replica, kind, data.object).map((what) => `${type} names ${what}`));
    }
  }
  for (const kind of KINDS) {
    for (const record of replica[kind].values()) {
      complaints.push(...danglingIn(replica, kind, record).map((what) => `at the end ${kind} name ${what}`));
    }
  }
  return [...new Set(complaints)];
}

/** The absent records that a record names. */
function danglingIn(replica: Replica, kind: Kind, record: Rec): string[] {
  const missing = (target: Kind, ids: readonly (string | undefined)[]): string[] =>
    ids.some((id) => id !== undefined && !replica[target].has(id)) ? [`absent ${target}`] : [];
  if (kind === 'sections') {
    return [
      ...missing('schools', [record.school]),
      ...missing('courses', [record.course]),
      ...missing('terms', [record.term_id]),
      ...missing('users', [record.teacher, ...(record.teachers ?? []), ...(record.students ?? [])]),
    ];
  }
  return kind === 'users'
    ? Object.values(record.roles ?? {}).flatMap((role) => [
        ...missing('schools', [role.school, ...(role.schools ?? [])]),
        ...missing(
          'users',
          (role.student_relationships ?? []).map(({ student }) => student),
        ),
      ])
    : [];
}

/** A copy in a comparable form. */
export function flatten(replica: Replica): Record<string, Rec[]> {
  return Object.fromEntries(
    KINDS.map((kind) => [kind, [...replica[kind].values()].sort((one, other) => (one.id < other.id ? -1 : 1))]),
  );
}
