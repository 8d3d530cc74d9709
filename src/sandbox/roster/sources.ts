import { SENSITIVE_FIELDS, type SensitiveField, sensitiveFieldsIn } from '../../privacy/index.js';
import { assertKnownKeys, assertWholeNumber } from './checks.js';
import { copyJson } from './copy-json.js';
import { SandboxError } from './error.js';
import { GeneratedBase, MAX_STUDENTS } from './generate/generated-base.js';
import type { GivenEvent, RecordedAnswers } from './recordings/answers.js';
import { KINDS, type ResourceAssignment, type Roster, type UserRecord } from './records.js';
import { LayeredStore } from './store/layered-store.js';
import { MemoryBase } from './store/memory-base.js';
import type { RosterStore } from './store/store.js';

/**
 * How a district's people reach the app.
 *
 * - `district`: the district connected the app. Logins are district logins, and a district-app token exists.
 * - `library`: the district did not connect the app; its teachers may add it through the Clever Library. No
 *   token exists.
 * - `both`: a district-app token exists, and logins are Library logins on request. Clever itself has no such
 *   state (the district's connection wins); it lets one recorded district serve every kind of login.
 */
export type DistrictConnection = 'district' | 'library' | 'both';

/** How much a district that connected the app shares with it: Clever SSO or Secure Sync. */
export type DistrictTier = 'sso' | 'secure-sync';

/** The options that every source of a district has. */
export interface DistrictSourceOptions {
  /** Default `'district'`, and `'both'` for recordings. */
  readonly connection?: DistrictConnection;
  /**
   * What the district shares with the app, which determines the scopes of its token. Default
   * `'secure-sync'`: the roster and its events. `'sso'`: what single sign-on needs. The token then reads
   * only `/districts`, with the id and name of the district; people's own records contain id, name, e-mail
   * address and role; `sensitiveFields` and `attendance` have no effect.
   */
  readonly tier?: DistrictTier;
  /**
   * Sensitive student fields that the district shares with the app, which adds scopes to its token.
   * Default: none for generated districts and for objects, and `'all'` for recordings, which contain what
   * was shared when they were recorded.
   */
  readonly sensitiveFields?: 'all' | readonly SensitiveField[];
  /**
   * Whether the district shares attendance with the app, which adds a scope to its token. Clever grants
   * that scope on request. Default `true`.
   */
  readonly attendance?: boolean;
  /**
   * How the district's token is chosen, and with it the app's client secret, which opens the token. `'seed'`: the same
   * seed gives the same ones, so that an `.env` survives a restart. `'random'`: new ones for each sandbox, unless its
   * `state` is given; then those of the state. Default: `'random'` for districts from CSV files and recordings, which
   * may hold real people, and `'seed'` for all others.
   */
  readonly credentials?: 'seed' | 'random';
}

/** A district to generate. */
export interface GeneratedDistrict extends DistrictSourceOptions {
  /**
   * The same seed and size produce the same district. Default: the sandbox's seed, plus one for each
   * further district.
   */
  readonly seed?: number;
  /**
   * Number of students, up to 10 million. Records are generated on request, so size costs no memory.
   * Default 1000.
   */
  readonly students?: number;
  /** Default: a name chosen by the seed. */
  readonly name?: string;
}

/** A record given as an object, in Clever's spelling. Members other than `id` are served unchanged. */
export type GivenRecord = { readonly id: string } | { readonly id: string; readonly [member: string]: unknown };

/**
 * A district given as records. Their references may name missing records: relations return the records that
 * exist.
 */
export interface DistrictRecords extends DistrictSourceOptions {
  readonly district: GivenRecord;
  readonly schools?: readonly GivenRecord[];
  readonly terms?: readonly GivenRecord[];
  readonly courses?: readonly GivenRecord[];
  readonly users?: readonly GivenRecord[];
  readonly sections?: readonly GivenRecord[];
  readonly resources?: readonly GivenRecord[];
  /** The courses and sections that the resources are mapped to. */
  readonly resourceAssignments?: readonly ResourceAssignment[];
  /** Events that its feed begins with. They keep their distances, and the newest has just happened. */
  readonly events?: readonly GivenEvent[];
  /** What its answers that are no records looked like: `districtFromRecordings` finds it. */
  readonly answers?: RecordedAnswers;
}

/** What the sandbox makes a district from. */
export type DistrictSource = GeneratedDistrict | DistrictRecords;

/**
 * A source, checked and with its defaults filled in. Each call of `makeStore` returns a store without
 * edits.
 */
export interface ResolvedSource {
  readonly connection: DistrictConnection;
  readonly tier: DistrictTier;
  readonly sensitiveFields: ReadonlySet<SensitiveField>;
  readonly attendance: boolean;
  readonly credentials: 'seed' | 'random';
  readonly events: readonly GivenEvent[];
  readonly answers: RecordedAnswers;
  makeStore(): RosterStore;
}

/** The keys of {@link DistrictSourceOptions}. */
export const SOURCE_KEYS = [
  'connection',
  'tier',
  'sensitiveFields',
  'attendance',
  'credentials',
] as const satisfies readonly (keyof DistrictSourceOptions)[];
const GENERATED_KEYS = ['seed', 'students', 'name', ...SOURCE_KEYS];
const RECORD_KEYS = [
  'district',
  ...KINDS.filter((kind) => kind !== 'districts'),
  'resourceAssignments',
  'events',
  'answers',
  // What `districtFromCsv` or `districtFromOneRoster` left out. It is for the caller alone.
  'problems',
  ...SOURCE_KEYS,
];
const CONNECTIONS: readonly unknown[] = ['district', 'library', 'both'] satisfies DistrictConnection[];

/** Students of a generated district by default. */
export const DEFAULT_STUDENTS = 1_000;

/**
 * Checks a source and fills in its defaults.
 *
 * @param defaultSeed - For a generated district without a seed.
 * @throws {@link SandboxError} naming what is wrong.
 */
export function resolveSource(source: DistrictSource, defaultSeed: number): ResolvedSource {
  const { connection = 'district', tier = 'secure-sync', sensitiveFields = [], attendance = true } = source;
  const { credentials = 'seed' } = source;
  if (!CONNECTIONS.includes(connection)) {
    throw new SandboxError("A district's `connection` must be 'district' (the default), 'library' or 'both'.");
  }
  if (tier !== 'sso' && tier !== 'secure-sync') {
    throw new SandboxError("A district's `tier` must be 'secure-sync' (the default) or 'sso'.");
  }
  if (typeof attendance !== 'boolean') {
    throw new SandboxError("A district's `attendance` must be true (the default) or false.");
  }
  if (credentials !== 'seed' && credentials !== 'random') {
    throw new SandboxError("A district's `credentials` must be 'seed' or 'random'.");
  }
  const fields = sensitiveFieldsIn(sensitiveFields);
  if (fields === undefined) {
    throw new SandboxError(`\`sensitiveFields\` must be 'all' or a list of: ${SENSITIVE_FIELDS.join(', ')}.`);
  }
  const given: Partial<DistrictRecords> = 'district' in source ? source : {};
  const options = {
    ...{ connection, tier, sensitiveFields: fields, attendance, credentials },
    events: copyJson(given.events ?? []),
    answers: copyJson(given.answers ?? {}),
  };
  if ('district' in source) {
    assertKnownKeys('A district given as records', source, RECORD_KEYS);
    assertIds(source);
    // A copy, so that later changes of the caller's objects do not change what is served.
    const { events: _, answers: __, ...records } = source;
    const base = new MemoryBase(rosterOf(copyJson(records)));
    return { ...options, makeStore: () => new LayeredStore(base) };
  }
  assertKnownKeys('A generated district', source, GENERATED_KEYS);
  const { seed = defaultSeed, students = DEFAULT_STUDENTS, name } = source;
  assertWholeNumber('seed', seed, 0);
  assertWholeNumber('students', students, 1);
  if (students > MAX_STUDENTS) {
    throw new SandboxError(`\`students\` must be ${MAX_STUDENTS} or less: ids cannot represent more.`);
  }
  const base = new GeneratedBase({ seed, students, name });
  return { ...options, makeStore: () => new LayeredStore(base) };
}

function assertIds(source: DistrictRecords): void {
  const lists = KINDS.map((kind) => (kind === 'districts' ? [source.district] : (source[kind] ?? [])));
  if (lists.some((list) => !Array.isArray(list) || list.some((record) => typeof record?.id !== 'string'))) {
    throw new SandboxError(
      'A district given as records needs `district` and lists of records (`schools`, `users` …), each with an `id`.',
    );
  }
}

function rosterOf(source: DistrictRecords): Roster {
  const records = { ...source } as unknown as Partial<Roster> & Pick<Roster, 'district'>;
  return {
    district: records.district,
    schools: records.schools ?? [],
    terms: records.terms ?? [],
    courses: records.courses ?? [],
    users: (records.users ?? []).map(
      (user): UserRecord => ({
        ...user,
        district: user.district ?? records.district.id,
        name: user.name ?? { last: '' },
        roles: user.roles ?? {},
      }),
    ),
    sections: records.sections ?? [],
    resources: records.resources ?? [],
    resourceAssignments: records.resourceAssignments ?? [],
  };
}
