import type { SandboxDistrict } from '../../sandbox/index.js';
import { isObject } from '../../util/is-object.js';
import type { World } from './world.js';

/** The kinds of record that an app may keep. */
export const SHARED_KINDS = ['schools', 'terms', 'courses', 'users', 'sections'] as const;
export type SharedKind = (typeof SHARED_KINDS)[number];

/** A record as Clever shares it with the app. */
export interface SharedRecord {
  readonly id: string;
  readonly kind: SharedKind;
  /** Of a person: `student`, `teacher` … */
  readonly roles: readonly string[];
  readonly data: Readonly<Record<string, unknown>>;
}

/** Who is in a section. */
export interface SharedLink {
  readonly section: string;
  readonly user: string;
  readonly role: 'student' | 'teacher';
}

/** Everything that Clever shares of a district at present: what an app that is in step knows. */
export interface Shared {
  readonly records: ReadonlyMap<string, SharedRecord>;
  readonly links: readonly SharedLink[];
}

/** A request with this header is ours: no fault must meet it. The witness does not see it either. */
const OURS = 'x-certify';
const PAGE_SIZE = 10_000;

/** Whether a request was sent by the app, not by {@link readShared}. For `when` of faults. */
export function isFromApp(request: Request): boolean {
  return !request.headers.has(OURS);
}

/** Reads what Clever shares of a district. */
export async function readShared({ sandbox }: World, { token }: SandboxDistrict): Promise<Shared> {
  const records = new Map<string, SharedRecord>();
  for (const kind of SHARED_KINDS) {
    let path: string | undefined = `/v3.1/${kind}?limit=${PAGE_SIZE}`;
    while (path !== undefined) {
      const answer = await sandbox.fetch(`https://api.clever.com${path}`, {
        headers: { authorization: `Bearer ${token}`, [OURS]: '1' },
      });
      const page = (await answer.json()) as Page;
      for (const { data } of page.data) {
        const roles = isObject(data['roles']) ? Object.keys(data['roles']) : [];
        records.set(String(data['id']), { id: String(data['id']), kind, roles, data });
      }
      path = page.links.find(({ rel }) => rel === 'next')?.uri;
    }
  }
  return { records, links: [...records.values()].flatMap(linksOf) };
}

interface Page {
  readonly data: readonly { readonly data: Readonly<Record<string, unknown>> }[];
  readonly links: readonly { readonly rel: string; readonly uri: string }[];
}

function linksOf({ id: section, kind, data }: SharedRecord): SharedLink[] {
  const ids = (member: string): string[] => (Array.isArray(data[member]) ? data[member].map(String) : []);
  return kind === 'sections'
    ? [
        ...ids('teachers').map((user): SharedLink => ({ section, user, role: 'teacher' })),
        ...ids('students').map((user): SharedLink => ({ section, user, role: 'student' })),
      ]
    : [];
}
