import type { RosterLine } from 'clever-sdk/certify';

/** One fault of an app that was written without the SDK. */
export type NaiveFault =
  | 'first page only'
  | 'hard delete'
  | 'no archive'
  | 'no restore'
  | 'keyed on SIS id'
  | 'merges namesakes'
  | 'needs a grade'
  | 'new row for a new school'
  | 'keeps former members'
  | 'unique section names'
  | 'no guard'
  | 'does not wait for the reset'
  | 'error ends the list'
  | 'trusts the gap'
  | 'fails at a known record'
  | 'archives what is paused'
  | 'deletes what is disconnected'
  | 'keeps its token'
  | 'person goes with a role'
  | 'contacts stay'
  | 'one token for all'
  | 'wrong district'
  | 'mixes versions'
  | 'purge leaves sections';

/** How the app keeps up, which is not a fault. */
export interface NaiveOptions {
  readonly by?: 'full' | 'events';
  readonly pageSize?: number;
  /** Prints what is archived, too. */
  readonly printsArchived?: boolean;
  /** Prints nothing of a record but what every app can: no id of its own, no district, no enrollment. */
  readonly printsLeast?: boolean;
  /** Holds a change of most records of any kind, so that a person has to approve a new school year. */
  readonly holdsAnyKind?: boolean;
  /** Fails, when all others are done, for each district that was connected once. */
  readonly missesDistricts?: boolean;
  readonly faults?: readonly NaiveFault[];
}

interface Row {
  readonly appId: string;
  cleverId: string;
  readonly kind: string;
  districtId: string;
  active: boolean;
  data: Json;
  members: readonly (readonly [string, 'student' | 'teacher'])[];
}

interface Json {
  readonly id: string;
  readonly [member: string]: unknown;
}

const KINDS = ['schools', 'terms', 'courses', 'users', 'sections'];
/** A guard that a team may well write: people, and no small districts. */
const GUARD = { share: 0.5, floor: 100 };

/** A request that Clever did not answer with success. */
class Refused extends Error {
  readonly status: number;

  constructor(status: number) {
    super(`Clever answered ${status}`);
    this.status = status;
  }
}

/** An app in memory, as a team may write it by Clever's documentation: right but for its faults. */
export class NaiveApp {
  readonly #faults: ReadonlySet<NaiveFault>;
  readonly #options: NaiveOptions;
  readonly #rows = new Map<string, Row>();
  readonly #cursors = new Map<string, string>();
  #tokens = new Map<string, string>();
  #variables: Readonly<Record<string, string>> = {};
  #ids = 0;

  constructor(options: NaiveOptions = {}) {
    this.#options = options;
    this.#faults = new Set(options.faults);
  }

  /** Points the app at a Clever. */
  configure(variables: Readonly<Record<string, string>>): void {
    this.#variables = variables;
  }

  async sync(): Promise<void> {
    const tokens = await this.#readTokens();
    if (this.#has('deletes what is disconnected')) {
      for (const [key, row] of this.#rows) {
        if (!tokens.has(row.districtId)) {
          this.#rows.delete(key);
        }
      }
    }
    const failures: unknown[] = [];
    const [firstToken = ''] = tokens.values();
    for (const [districtId, token] of tokens) {
      try {
        await this.#syncDistrict(districtId, this.#has('one token for all') ? firstToken : token);
      } catch (error) {
        failures.push(error);
      }
    }
    const former = new Set([...this.#rows.values()].map(({ districtId }) => districtId));
    for (const districtId of this.#options.missesDistricts === true ? former : []) {
      if (!tokens.has(districtId)) {
        failures.push(new Error('a district is missing'));
      }
    }
    if (failures.length > 0) {
      throw new AggregateError(failures, 'some districts failed');
    }
  }

  async roster(): Promise<readonly RosterLine[]> {
    const { printsArchived = true, printsLeast = false } = this.#options;
    const rows = [...this.#rows.values()].filter(({ active }) => active || printsArchived);
    if (printsLeast) {
      return rows.map(({ cleverId, kind, active }) => ({ cleverId, kind: kind.slice(0, -1), active }));
    }
    return rows.flatMap(({ appId, cleverId, kind, active, districtId, members }): RosterLine[] => [
      { appId, cleverId, kind: kind.slice(0, -1), active, districtId },
      ...members.map(([userId, role]) => ({ kind: 'enrollment', sectionId: cleverId, userId, role, active })),
    ]);
  }

  async purge(districtId: string): Promise<void> {
    this.#cursors.delete(districtId);
    for (const [key, row] of this.#rows) {
      if (row.districtId === districtId && !(this.#has('purge leaves sections') && row.kind === 'sections')) {
        this.#rows.delete(key);
      }
    }
  }

  #has(fault: NaiveFault): boolean {
    return this.#faults.has(fault);
  }

  async #readTokens(): Promise<ReadonlyMap<string, string>> {
    const { CLEVER_CLIENT_ID: id, CLEVER_CLIENT_SECRET: secret, CLEVER_AUTH_ORIGIN: origin } = this.#variables;
    const answer = await fetch(`${origin}/oauth/tokens?owner_type=district`, {
      headers: { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` },
    });
    const { data } = (await answer.json()) as { data: { owner: { id: string }; access_token: string }[] };
    const tokens = new Map(data.map(({ owner, access_token: token }) => [owner.id, token]));
    if (this.#has('keeps its token')) {
      for (const [district, token] of this.#tokens) {
        if (tokens.has(district)) {
          tokens.set(district, token);
        }
      }
    }
    this.#tokens = tokens;
    return tokens;
  }

  async #syncDistrict(districtId: string, token: string): Promise<void> {
    const record = await this.#get(`/v3.1/districts/${districtId}`, token);
    if (this.#has('archives what is paused') && (record['data'] as Json)['state'] === 'paused') {
      this.#archive([...this.#rows.values()].filter((row) => row.districtId === districtId));
      return;
    }
    const cursor = this.#cursors.get(districtId);
    if (this.#options.by === 'events' && cursor !== undefined && !this.#isTooOld(cursor)) {
      await this.#followEvents(districtId, token, cursor);
      return;
    }
    const [newest] = await this.#page('/v3.1/events?limit=1&ending_before=last', token);
    await this.#readAll(districtId, token);
    if (newest !== undefined) {
      this.#cursors.set(districtId, newest.id);
    }
  }

  #isTooOld(cursor: string): boolean {
    const ageMs = Date.now() - Number.parseInt(cursor.slice(0, 8), 16) * 1_000;
    return ageMs > 29 * 86_400_000 && !this.#has('trusts the gap');
  }

  async #readAll(districtId: string, token: string): Promise<void> {
    const lists = new Map<string, Json[]>();
    for (const kind of KINDS) {
      const version = this.#has('mixes versions') && kind === 'terms' ? 'v3.0' : 'v3.1';
      lists.set(kind, await this.#list(`/${version}/${kind}?limit=${this.#options.pageSize ?? 100}`, token));
    }
    const ids = new Set([...lists.values()].flat().map(({ id }) => id));
    const gone = [...this.#rows.values()].filter(
      (row) => row.districtId === districtId && row.active && !ids.has(row.cleverId),
    );
    this.#guard(districtId, gone);
    for (const [kind, records] of lists) {
      for (const data of records) {
        this.#store(kind, data, districtId);
      }
    }
    this.#archive(gone);
  }

  async #followEvents(districtId: string, token: string, from: string): Promise<void> {
    const events = await this.#list(`/v3.1/events?limit=100&starting_after=${from}`, token);
    const deleted = events.filter(({ type }) => String(type).endsWith('.deleted')).map((event) => objectOf(event).id);
    this.#guard(
      districtId,
      [...this.#rows.values()].filter(({ cleverId }) => deleted.includes(cleverId)),
    );
    for (const event of events) {
      const [kind = '', what] = String(event['type']).split('.');
      const object = objectOf(event);
      const known = [...this.#rows.values()].find(({ cleverId }) => cleverId === object.id);
      if (what === 'deleted') {
        this.#archive(known === undefined ? [] : [known]);
      } else if (KINDS.includes(kind)) {
        if (what === 'created' && known?.active === true && this.#has('fails at a known record')) {
          throw new Error('duplicate key');
        }
        this.#store(kind, object, districtId);
      }
      this.#cursors.set(districtId, event.id);
    }
  }

  /** Asks a person before very much is archived: here, no answer ever comes. */
  #guard(districtId: string, gone: readonly Row[]): void {
    if (this.#has('no guard')) {
      return;
    }
    const used = [...this.#rows.values()].filter((row) => row.districtId === districtId && row.active);
    for (const kind of this.#options.holdsAnyKind === true ? KINDS : ['users']) {
      const before = used.filter((row) => row.kind === kind).length;
      const leaving = gone.filter((row) => row.kind === kind).length;
      const floor = kind === 'users' ? GUARD.floor : 1;
      if (before >= floor && leaving > before * GUARD.share) {
        throw new Error('held: too much would be archived');
      }
    }
  }

  #store(kind: string, data: Json, districtId: string): void {
    const roles = (data['roles'] ?? {}) as Readonly<Record<string, Json>>;
    const student = roles['student'];
    if (this.#has('needs a grade') && student !== undefined && !student['grade']) {
      return;
    }
    const known = this.#find(kind, data, districtId);
    const lostRole =
      known !== undefined && Object.keys((known.data['roles'] ?? {}) as object).some((role) => !(role in roles));
    if (known !== undefined && this.#has('person goes with a role') && kind === 'users' && lostRole) {
      this.#archive([known]);
      return;
    }
    const isMoved =
      this.#has('new row for a new school') &&
      student !== undefined &&
      known !== undefined &&
      (known.data['roles'] as Readonly<Record<string, Json>>)['student']?.['school'] !== student['school'];
    if (known === undefined || isMoved) {
      if (known !== undefined) {
        this.#rows.delete(known.appId);
      }
      this.#ids += 1;
      const appId = String(this.#ids);
      const owner = this.#has('wrong district') ? ([...this.#tokens.keys()][0] ?? districtId) : districtId;
      const row = { appId, cleverId: data.id, kind, districtId: owner, active: true, data, members: [] };
      this.#rows.set(appId, { ...row, members: membersOf(kind, data) });
      return;
    }
    known.cleverId = this.#has('keyed on SIS id') ? data.id : known.cleverId;
    known.data = data;
    known.active ||= !this.#has('no restore');
    const former = this.#has('keeps former members') ? known.members : [];
    known.members = [...membersOf(kind, data), ...former];
  }

  #find(kind: string, data: Json, districtId: string): Row | undefined {
    const key = (one: Json): string => {
      const role = Object.values((one['roles'] ?? {}) as Readonly<Record<string, Json>>)[0];
      return String(one['sis_id'] ?? one['number'] ?? role?.['sis_id'] ?? one.id);
    };
    const name = (one: Json): string => JSON.stringify(one['name']);
    const isSame = this.#has('keyed on SIS id')
      ? (
          (wanted) => (row: Row) =>
            key(row.data) === wanted
        )(key(data))
      : (row: Row) =>
          row.cleverId === data.id ||
          (row.districtId === districtId &&
            ((this.#has('merges namesakes') && kind === 'users' && isStudent(data) && name(row.data) === name(data)) ||
              (this.#has('unique section names') &&
                kind === 'sections' &&
                row.active &&
                name(row.data) === name(data))));
    for (const row of this.#rows.values()) {
      if (row.kind === kind && isSame(row)) {
        return row;
      }
    }
    return undefined;
  }

  #archive(rows: readonly Row[]): void {
    for (const row of rows) {
      if (
        this.#has('no archive') ||
        (this.#has('contacts stay') && 'contact' in ((row.data['roles'] ?? {}) as object))
      ) {
        continue;
      }
      if (this.#has('hard delete')) {
        this.#rows.delete(row.appId);
      } else {
        row.active = false;
        row.members = [];
      }
    }
  }

  async #list(path: string, token: string): Promise<Json[]> {
    const all: Json[] = [];
    let next: string | undefined = path;
    while (next !== undefined) {
      const body: Json | undefined = await this.#get(next, token).catch((error: unknown) => {
        if (this.#has('error ends the list') && error instanceof Refused && error.status >= 500) {
          return undefined;
        }
        throw error;
      });
      const data = (body?.['data'] ?? []) as { data: Json }[];
      const links = (body?.['links'] ?? []) as { rel: string; uri: string }[];
      all.push(...data.map((item) => item.data));
      next =
        this.#has('first page only') && !path.includes('events')
          ? undefined
          : links.find(({ rel }) => rel === 'next')?.uri;
    }
    return all;
  }

  async #page(path: string, token: string): Promise<Json[]> {
    const body = await this.#get(path, token);
    return (body['data'] as { data: Json }[]).map((item) => item.data);
  }

  async #get(path: string, token: string): Promise<Json> {
    const most = 4;
    for (let attempt = 1; ; attempt += 1) {
      const answer = await fetch(`${this.#variables['CLEVER_API_ORIGIN']}${path}`, {
        headers: { authorization: `Bearer ${token}` },
      }).catch((error: unknown) => {
        if (attempt >= most) {
          throw error;
        }
      });
      const body = answer?.ok === true ? await answer.json().catch(() => undefined) : undefined;
      if (body !== undefined) {
        return body as Json;
      }
      const status = answer?.status ?? 500;
      const isBelieved = status >= 500 && this.#has('error ends the list');
      if (attempt >= most || isBelieved || (status < 500 && status !== 429 && status !== 200)) {
        throw new Refused(status);
      }
      if (status === 429 && !this.#has('does not wait for the reset')) {
        const reset = Number(answer?.headers.get('x-ratelimit-reset')) * 1_000;
        await new Promise((resolve) => setTimeout(resolve, Math.max(0, reset - Date.now())));
      }
    }
  }
}

function isStudent({ roles }: Json): boolean {
  return 'student' in (roles as object);
}

function objectOf(event: Json): Json {
  return (event['data'] as { object: Json }).object;
}

function membersOf(kind: string, data: Json): Row['members'] {
  const ids = (member: string): string[] => (Array.isArray(data[member]) ? (data[member] as string[]) : []);
  return kind === 'sections'
    ? [
        ...ids('teachers').map((id) => [id, 'teacher'] as const),
        ...ids('students').map((id) => [id, 'student'] as const),
      ]
    : [];
}
