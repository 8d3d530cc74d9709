/*
 * What a user's compiler must know from the published declarations, and must refuse. Compiled by each
 * compiler; never run.
 */
import {
  type CleverIdentity,
  createCleverClient,
  type DistrictClient,
  type Grade,
  type LmsReadiness,
} from 'clever-sdk';
import Clever from 'clever-sdk/authjs';
import { clever as betterAuth } from 'clever-sdk/better-auth';
import { type Certification, certify, htmlReport } from 'clever-sdk/certify';
import cleverPlugin, { CLEVER_CONFIGURATION, type CleverPluginOptions } from 'clever-sdk/fastify';
import { cleverAuth } from 'clever-sdk/hono';
import { defineOAuthCleverEventHandler } from 'clever-sdk/nuxt';
import { CleverStrategy } from 'clever-sdk/passport';
import { eventSchema, type RosterEvent, type User } from 'clever-sdk/schemas';
import { createRosterSync, fromPg, type PgClient, type PgPool, type SyncEngine } from 'clever-sdk/sync';
import { type PgBossLike, pgBossEngine } from 'clever-sdk/sync/pg-boss';
import { isKnownGrade, type KnownGrade } from 'clever-sdk/values';

const clever = createCleverClient();
const app = createCleverClient({ clientId: 'id', clientSecret: 'secret' });

/** A client of the root entry is one for the sync: both declarations mean the same types. */
export async function sync(pool: PgPool<PgClient>): Promise<number> {
  const roster = createRosterSync({
    clever: app,
    store: fromPg(pool),
    sensitiveFields: ['frl_status'],
    onChanges: async (changes, { tx, district }) => {
      const client: PgClient = tx;
      for (const change of changes) {
        if (change.kind === 'users') {
          const user: User = change.record;
          const kept: string | null | undefined = change.record.roles?.student?.frl_status;
          void [client, district, user, kept];
          // @ts-expect-error a sensitive field that was not requested by name
          void change.record.roles?.student?.iep_status;
        }
        // @ts-expect-error no such kind
        void (change.kind === 'students');
      }
    },
  });
  // @ts-expect-error an approval names who gives it
  await roster.approve(1, {});
  return (await roster.run('id')).created;
}

/** What a run returns is what the reports take. */
export async function certification(): Promise<string> {
  // @ts-expect-error no such suite
  await certify({ app: 'http://localhost:3000', suites: ['sos'] });
  const run: Certification = await certify({ app: 'http://localhost:3000', suites: ['sso'], only: ['sso.code-once'] });
  // @ts-expect-error no such verdict
  void (run.probes[0]?.verdict === 'passed');
  return htmlReport(run);
}

/** The engine on pg-boss is one for the sync: both declarations mean the same type. */
export function engine(boss: PgBossLike): SyncEngine {
  // @ts-expect-error no such option
  pgBossEngine(boss, { queues: 'a' });
  return pgBossEngine(boss, { queue: 'roster', pollingIntervalSeconds: 10 });
}

export async function district(district: DistrictClient): Promise<LmsReadiness> {
  for await (const student of district.users.list({ role: 'student' })) {
    const grade: Grade | null | undefined = student.roles.student.grade;
    void grade;
    // @ts-expect-error a sensitive field that was not requested by name
    void student.roles.student.frl_status;
    // @ts-expect-error nothing promises a teacher's role
    void student.roles.teacher.title;
  }
  const cursor: string = await district.events.latestCursor();
  for await (const event of district.events.list({ after: cursor, record_type: ['users'] })) {
    if (event.type === 'users.updated') {
      const user: User = event.data.object;
      const before: string | null | undefined = event.data.previous_attributes?.name?.last;
      void [user, before];
      // @ts-expect-error of a section, not of a user
      void event.data.object.subject;
    }
    // @ts-expect-error no such event
    void (event.type === 'students.updated');
  }
  // @ts-expect-error a due date is required
  await district.assignments.create('id', { title: 'A', description: 'B' });
  return district.lms.check({ sectionId: 'id' });
}

export function known(grade: Grade): KnownGrade | undefined {
  return isKnownGrade(grade) ? grade : undefined;
}

export async function library(): Promise<void> {
  const library = clever.library({ token: 'token' });
  const { teacher, sections, students } = await library.classroom();
  const visible = [teacher.email, sections[0]?.subject, students[0]?.name.first];
  void visible;
  // @ts-expect-error a Library section names no school
  void sections[0]?.school;
  // @ts-expect-error a Library student has no e-mail address
  void students[0]?.email;
  // @ts-expect-error a Library token sees no events
  void library.events;
}

export async function person(identity: CleverIdentity): Promise<string> {
  const own = await clever.user({ token: 'token' }).getUser();
  // @ts-expect-error a person's own token sees no school
  void own.roles?.teacher?.school;
  return own.name?.last ?? identity.name.last;
}

export function versions(): void {
  const old = createCleverClient({ apiVersion: 'v3.0' }).district({ token: 'token' });
  void old.events.list();
  // @ts-expect-error since v3.1
  void old.assignments;
  // @ts-expect-error since v3.1
  void old.attendance;
  // @ts-expect-error without credentials there are no logins
  void clever.oauth;
}

export function parse(json: unknown): RosterEvent {
  return eventSchema.parse(json);
}

/** A client of the root entry is one for each framework, and what they hand on are its types. */
export function frameworks(cookieSecret: string): unknown[] {
  // @ts-expect-error a client without an app logs no one in
  void (() => new CleverStrategy({ client: clever, cookieSecret }, () => true));
  const options: CleverPluginOptions = {
    client: app,
    cookieSecret,
    onLogin: ({ identity, context: { reply } }) => {
      const who: CleverIdentity = identity;
      reply.header('x-role', String(who.role));
    },
  };
  const origin: string = CLEVER_CONFIGURATION.tokenHost;
  return [
    Clever({ client: app }),
    betterAuth({ client: app }),
    new CleverStrategy({ client: app, cookieSecret }, async (identity: CleverIdentity) => ({ id: identity.id })),
    new CleverStrategy({ client: app, cookieSecret, passReqToCallback: true }, (_request: Request, { id }) => ({ id })),
    cleverPlugin({ prefix: '/auth/clever', get: () => origin }, options),
    cleverAuth({ client: app, cookieSecret }),
    defineOAuthCleverEventHandler({
      config: { client: app, cookieSecret },
      onSuccess: (_event, { user, returnTo }) => [user.id, returnTo],
    }),
  ];
}
