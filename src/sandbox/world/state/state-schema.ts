import * as z from 'zod';
import { KINDS } from '../../roster/records.js';
import { isRedirectUri } from '../access/redirect-uris.js';

/**
 * The state that a sandbox keeps between runs, as JSON. {@link Sandbox.snapshot} returns it, and the
 * `state` option of {@link createSandbox} accepts it; its content is internal. It contains the tokens of
 * people who are logged in and, for districts from files, the app's credentials, so protect it as you
 * protect them. Printing it shows none of it; `JSON.stringify` writes all of it.
 */
export interface SandboxState {
  readonly format: 'clever-sdk sandbox state';
  readonly version: 1;
  readonly [part: string]: unknown;
}

/** The first member of every state. */
export const FORMAT = 'clever-sdk sandbox state';

/** Increased when an earlier state can no longer be read. */
export const VERSION = 1;

const id = z.string().min(1);
const time = z.number();
const count = z.int().nonnegative();
const kind = z.enum(KINDS);
const json = z.looseObject({});
const connection = z.enum(['district', 'library']);
const role = z.enum(['student', 'teacher', 'staff', 'district_admin', 'contact']);
const sync = z.enum(['sis', 'app']);

const ids = z.array(z.string());
const anyRecord = z.looseObject({ id });
const roleRecord = z.looseObject({
  school: z.string().optional(),
  schools: ids.optional(),
  student_relationships: z.array(z.looseObject({ student: z.string() })).optional(),
});
const user = z.looseObject({ id, name: json, roles: z.partialRecord(role, roleRecord) });
const section = z.looseObject({ id, teachers: ids.optional(), students: ids.optional() });

/** A record. Only the members that the sandbox reads are checked. */
const recordOf = (of: (typeof KINDS)[number]) => (of === 'users' ? user : of === 'sections' ? section : anyRecord);

const changedRecord = z
  .object({ kind, id, record: anyRecord.nullable() })
  .superRefine(({ kind: of, record }, context) => {
    const checked = record === null ? undefined : recordOf(of).safeParse(record);
    for (const issue of checked?.error?.issues ?? []) {
      context.addIssue({ code: 'custom', path: ['record', ...issue.path], message: 'invalid' });
    }
  });

const roster = z.object({
  shared: z.array(changedRecord),
  /** What the district has, if that differs from what the app sees. */
  own: z.array(changedRecord).nullable(),
  unshared: ids,
  paused: z.array(sync),
  waiting: z.array(z.object({ kind, id })),
});

const event = z.object({
  id,
  kind,
  action: z.enum(['created', 'updated', 'deleted']),
  createdAtSeconds: count,
  object: anyRecord,
  previous: json.nullable(),
  schools: ids,
});

const kept = { id, created: z.string(), last_modified: z.string(), members: json };

const tokenSecret = z.object({ id, value: id });

const district = z.object({
  id,
  /** How many records the district began with, to distinguish it from another district with the same id. */
  begins: z.object(Object.fromEntries(KINDS.map((of) => [of, count])) as Record<(typeof KINDS)[number], typeof count>),
  connection: z.object({
    kind: z.enum(['district', 'library', 'both']),
    generation: count,
    isConnected: z.boolean(),
    /** The present token, if it does not follow from the seed. */
    token: tokenSecret.optional(),
  }),
  roster,
  pauses: z.array(z.object({ sync, endsAt: time })),
  createdRecords: count,
  events: z.object({ written: count, lastSecond: count, kept: z.array(event) }),
  assignments: z.object({
    created: count,
    kept: z.array(z.object({ ...kept, sectionId: id })),
    submissions: z.array(z.object({ ...kept, assignment: id, student: id })),
  }),
  attendance: z.array(z.looseObject({ attendance_date: z.string(), student_id: id, school_id: z.string() })),
  installs: ids,
});

/** A whole state. */
export const stateSchema = z.object({
  format: z.literal(FORMAT),
  version: z.literal(VERSION),
  seed: count,
  aheadMs: count,
  events: z.boolean(),
  /** The redirect URIs that were registered since the start. */
  redirectUris: z.array(z.string().refine(isRedirectUri)).optional(),
  /** The first credentials that do not follow from the seed, which `reset()` goes back to. */
  secrets: z.object({ clientSecret: id.nullable(), tokens: z.array(tokenSecret.nullable()) }).optional(),
  districts: z.array(district),
  userTokens: z.array(z.object({ token: id, districtId: id, userId: id, role, connection, expiresAt: time })),
  revokedTokens: ids,
  sessions: z.array(
    z.object({
      name: id,
      districtId: id,
      userId: id,
      role: role.nullable(),
      connection: connection.nullable(),
      expiresAt: time,
    }),
  ),
});

/** A state that was read and checked. */
export type SavedState = z.infer<typeof stateSchema>;

/** The part of a state that belongs to one district. */
export type SavedDistrict = SavedState['districts'][number];
