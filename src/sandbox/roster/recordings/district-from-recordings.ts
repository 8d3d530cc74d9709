import { assertKnownKeys } from '../checks.js';
import { SandboxError } from '../error.js';
import type { AnyRecord, Kind, UserRecord } from '../records.js';
import { type DistrictRecords, type DistrictSourceOptions, SOURCE_KEYS } from '../sources.js';
import { findAnswers, findEvents } from './answers.js';
import { standIns } from './complete.js';
import { mergeRecords } from './merge.js';
import { readJsonBodies } from './read-folder.js';
import { findRecords } from './recognise.js';

/** Options of {@link districtFromRecordings}. */
export interface RecordingsOptions extends DistrictSourceOptions {
  /**
   * Id of the district to use when the folder has records of several. Default: the one with the most
   * records.
   */
  readonly district?: string;
}

/**
 * Makes a district from recorded responses: a folder of JSON bodies in Clever's envelopes, at any depth. It
 * accepts lists, single records and events. It recognises records by their link and shape, and merges them
 * by id; the later `last_modified` wins. Recorded events are what the feed begins with: they keep their
 * distances, and the newest has just happened. A recorded token list says what the district shares, recorded
 * answers of `/me` what that answer looks like, and the errors of a folder that `clever-sdk record` wrote how
 * requests are refused.
 *
 * Recordings are fragments. Relations return the records that were recorded; schools, terms, courses and
 * teachers that recorded sections refer to and that were not recorded are replaced by placeholders. By
 * default both connections reach the district, and it shares the sensitive fields that were recorded. Needs
 * Node's file system (Node, Bun, Deno).
 *
 * @param folder - Path of the folder. Nothing in it is changed.
 * @returns A source for `districts` of {@link createSandbox}.
 * @throws {@link SandboxError} when the folder cannot be read, or has no record of the district.
 *
 * @example
 * ```ts
 * import { createSandbox, districtFromRecordings } from 'clever-sdk/sandbox';
 *
 * const sandbox = createSandbox({ districts: [await districtFromRecordings('./recordings')] });
 * ```
 */
export async function districtFromRecordings(
  folder: string,
  options: RecordingsOptions = {},
): Promise<DistrictRecords> {
  assertKnownKeys('districtFromRecordings()', options, ['district', ...SOURCE_KEYS]);
  const { district: wanted, ...shared } = options;
  const bodies = await readJsonBodies(folder);
  const found = bodies.flatMap(findRecords);
  const id = wanted ?? largestDistrict(found.map(({ record }) => record));
  const merged = mergeRecords(found);
  const recordsOf = (kind: Kind): AnyRecord[] =>
    [...(merged.get(kind)?.values() ?? [])].filter((record) => record['district'] === id);
  const district = merged.get('districts')?.get(id ?? '');
  const [schools, terms, courses] = [recordsOf('schools'), recordsOf('terms'), recordsOf('courses')];
  const [users, sections, resources] = [
    recordsOf('users') as UserRecord[],
    recordsOf('sections'),
    recordsOf('resources'),
  ];
  if (id === undefined || (district === undefined && users.length + sections.length + schools.length === 0)) {
    throw new SandboxError('The folder has no records of a district: it needs JSON response bodies of the Data API.');
  }
  const extra = standIns({ district: id, schools, terms, courses, users, sections });
  const answers = findAnswers(bodies, id);
  return {
    district: district ?? unrecordedDistrict(id),
    schools: [...schools, ...extra.schools],
    terms: [...terms, ...extra.terms],
    courses: [...courses, ...extra.courses],
    users: [...users, ...extra.users],
    sections,
    resources,
    events: findEvents(bodies).filter(({ data: { object } }) => (object['district'] ?? object.id) === id),
    answers,
    ...sharingOf(answers.scopes, schools.length + sections.length > 0),
    ...shared,
    connection: shared.connection ?? 'both',
    sensitiveFields: shared.sensitiveFields ?? 'all',
    credentials: shared.credentials ?? 'random',
  };
}

/** What the scopes of a recorded token say that the district shares. */
function sharingOf(
  scopes: readonly string[] | undefined,
  hasRoster: boolean,
): Pick<DistrictSourceOptions, 'tier' | 'attendance'> {
  if (scopes === undefined) {
    return {};
  }
  const isBasic = scopes.some((scope) => scope.endsWith('_basic')) && !hasRoster;
  return { tier: isBasic ? 'sso' : 'secure-sync', attendance: scopes.includes('read:attendance') };
}

/**
 * Returns the id of the district that most records name; the smaller id when two are equal, so that the
 * result is stable.
 */
function largestDistrict(records: readonly AnyRecord[]): string | undefined {
  const counts = new Map<string, number>();
  for (const { id, district } of records) {
    const owner = typeof district === 'string' ? district : id;
    counts.set(owner, (counts.get(owner) ?? 0) + 1);
  }
  return [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))[0]?.[0];
}

function unrecordedDistrict(id: string): AnyRecord {
  return {
    id,
    name: 'Unrecorded district',
    sis_type: '',
    launch_date: '1970-01-01',
    portal_url: 'https://clever.com/in/unrecorded',
    login_methods: [],
  };
}
