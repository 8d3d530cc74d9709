/**
 * Pulls a whole district's roster with a district-app token, and counts it by school and role.
 *
 * With CLEVER_DISTRICT_TOKEN in the environment, or an app's credentials to look up the tokens, this uses
 * Clever. Otherwise it pulls a synthetic district from a sandbox on this machine. It prints no person's
 * name, no token and no sensitive field.
 *
 *     npm run build:js && npx node --env-file-if-exists=.env examples/district-roster.ts
 */
import type { ClientEvent, DistrictClient, User } from 'clever-sdk';
import { type Backend, chooseBackend, environment } from './support/clever.ts';
import { count, heading, Progress, seconds, table } from './support/console.ts';

/** The HTTP traffic, as reported by the client's own events. */
interface Wire {
  requests: number;
  pages: number;
  remaining: string;
}

/** Runs the example against a backend. */
export async function districtRoster(backend: Backend): Promise<void> {
  heading("A whole district's roster");
  const wire: Wire = { requests: 0, pages: 0, remaining: 'not reported' };
  const token = await districtToken(backend);
  if (token === undefined) {
    console.log('Skipped: set CLEVER_DISTRICT_TOKEN, or the credentials of an app that has a connected district.');
    return;
  }
  const clever = backend.tokenClient({ onEvent: (event) => observe(wire, event) });
  const startedAt = performance.now();
  const { schoolNames, tally, records } = await pull(clever.district({ token }));
  const elapsedMs = performance.now() - startedAt;

  const roles = {
    student: 'students',
    teacher: 'teachers',
    staff: 'staff',
    contact: 'contacts',
    district_admin: 'admins',
  };
  table(
    ['school', ...Object.values(roles)],
    [...tally].map(([school, byRole]) => [
      schoolNames.get(school) ?? school,
      ...Object.keys(roles).map((role) => byRole.get(role) ?? 0),
    ]),
  );
  console.log(
    `  ${count(records)} records in ${wire.pages} pages and ${wire.requests} requests, ${seconds(elapsedMs)}: ` +
      `${count(Math.round((records / elapsedMs) * 1_000))} records per second. Rate budget left: ${wire.remaining}.`,
  );
  console.log(
    '  People with several roles are counted once per role; contacts and district admins belong to no school.',
  );
}

/** Reads every collection, ordered so that records refer only to collections that were read before. */
async function pull(district: DistrictClient) {
  const schoolNames = new Map<string, string>();
  const tally = new Map<string, Map<string, number>>();
  let records = 0;

  const schools = new Progress('schools');
  for await (const { id, name } of district.schools.list()) {
    schoolNames.set(id, name);
    tally.set(id, new Map());
    records += 1;
  }
  schools.done(count(schoolNames.size));

  for (const collection of ['terms', 'courses', 'sections'] as const) {
    const progress = new Progress(collection);
    let seen = 0;
    for await (const page of district[collection].list().pages()) {
      seen += page.data.length;
      progress.update(count(seen));
    }
    records += seen;
    progress.done(count(seen));
  }

  const users = new Progress('users');
  let seen = 0;
  for await (const page of district.users.list().pages()) {
    for (const user of page.data) {
      tallyUser(tally, user);
    }
    seen += page.data.length;
    users.update(count(seen));
  }
  users.done(count(seen));
  return { schoolNames, tally, records: records + seen };
}

function tallyUser(tally: Map<string, Map<string, number>>, { roles }: User): void {
  for (const [role, details] of Object.entries(roles ?? {})) {
    const { school, schools } = details as { school?: string | null; schools?: string[] | null };
    const home = school ?? schools?.[0] ?? 'no school';
    const byRole = tally.get(home) ?? new Map<string, number>();
    tally.set(home, byRole.set(role, (byRole.get(role) ?? 0) + 1));
  }
}

function observe(wire: Wire, event: ClientEvent): void {
  if (event.kind === 'request') {
    wire.requests += 1;
  } else if (event.kind === 'page') {
    wire.pages += 1;
  } else if (event.kind === 'response' && event.rateLimit !== undefined) {
    wire.remaining = `${count(event.rateLimit.remaining)} of ${count(event.rateLimit.limit)} per minute`;
  }
}

async function districtToken(backend: Backend): Promise<string | undefined> {
  const given = environment('CLEVER_DISTRICT_TOKEN');
  if (given !== undefined) {
    return given;
  }
  const tokens = await backend.appClient()?.oauth.districtTokens();
  return tokens?.[0]?.access_token;
}

if (import.meta.main) {
  const backend = await chooseBackend();
  try {
    await districtRoster(backend);
  } finally {
    await backend.close();
  }
}
