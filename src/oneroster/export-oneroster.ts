import { CleverConfigError } from '../index.js';
import { type DataFile, IdTable, isId, type OneRosterVersion } from '../oneroster-files/index.js';
import { Agents } from './convert/agents.js';
import { courseRow, sectionRows } from './convert/classes.js';
import type { ConvertContext, NeutralRow, RosterKnowledge } from './convert/context.js';
import { Losses, lossText, type OneRosterLoss } from './convert/losses.js';
import { idsOf, textOf } from './convert/members.js';
import { districtRow, schoolRow } from './convert/orgs.js';
import { dependsOnTeaching, type ExportedRole, rolesOf, studentsOf, userRows } from './convert/people.js';
import { Sessions } from './convert/sessions.js';
import { type ExportOptions, type ResolvedExport, resolveExport } from './options.js';
import { Delta } from './source/delta.js';
import {
  type CleverRecord,
  isMirror,
  type OneRosterSource,
  type RecordReader,
  readerOf,
  type SourceKind,
} from './source/source.js';
import { openOutput } from './write/output.js';
import { RowFiles, type WrittenRow } from './write/row-files.js';

/** What an export has written. */
export interface OneRosterReport {
  readonly version: OneRosterVersion;
  /** Whether it has everything, or what has changed. */
  readonly mode: 'bulk' | 'delta';
  /** The files that were written, the manifest included. */
  readonly files: readonly string[];
  /** The number of rows of each file that was written, by its name without the ending. */
  readonly counts: Readonly<Partial<Record<DataFile, number>>>;
  /** The number of people by role of Clever's: a person with two roles counts twice. */
  readonly roles: Readonly<Partial<Record<ExportedRole, number>>>;
  /** The number of records that were read, by kind. */
  readonly records: Readonly<Record<SourceKind, number>>;
  /** What differs from the source: what had no place, what was invented, what was left out and why. */
  readonly losses: readonly OneRosterLoss[];
  /** The position for `since` of the next export. From a mirror only. */
  readonly checkpoint: string | undefined;
  /** The losses as text for people. */
  toString(): string;
}

/**
 * Writes the roster of a district as OneRoster CSV 1.1 or 1.2, into a zip file or a folder.
 *
 * Records are read a page at a time and written as they are read: of the whole district, only ids are in memory, some
 * tens of bytes for each person. Every `sourcedId` is Clever's id. Rows that Clever has no record of have an id that
 * begins with one.
 *
 * Sends nothing but the listings of the district: `/districts`, `/schools`, `/terms`, `/courses`, `/users` (contacts
 * first, then everyone) and `/sections`. From a mirror, it sends nothing to Clever.
 *
 * Sensitive fields and demographics are written only when they are asked for by name.
 *
 * @param source - A district client, such as `clever.district({ token })`, or the mirror of a sync:
 * `sync.mirror(districtId)`.
 * @param options - The version, where to write, and what else to write.
 * @returns Counts, and every kind of difference between the source and the export.
 * @throws `CleverConfigError` for options that cannot work. Errors of the client, of the sync and of the file system
 * are passed on. Nothing is replaced unless the export is whole.
 *
 * @example
 * ```ts
 * import { createCleverClient } from 'clever-sdk';
 * import { exportOneRoster } from 'clever-sdk/oneroster';
 *
 * const district = createCleverClient().district({ token: process.env['CLEVER_DISTRICT_TOKEN'] ?? '' });
 * const report = await exportOneRoster(district, { version: '1.2', out: './OneRoster.zip' });
 * console.log(report.counts, String(report));
 * ```
 */
export async function exportOneRoster(source: OneRosterSource, options: ExportOptions): Promise<OneRosterReport> {
  const resolved = resolveExport(options);
  const mirror = isMirror(source) ? source : undefined;
  if (resolved.since !== undefined && mirror === undefined) {
    throw new CleverConfigError(
      'exportOneRoster(): `since` needs the mirror of a sync, which knows what has changed: sync.mirror(districtId).',
    );
  }
  const { signal, version, since, metadata } = resolved;
  signal?.throwIfAborted();
  const output = await openOutput(resolved.out);
  const files = new RowFiles(output.folder, { version, isDelta: since !== undefined, metadata });
  try {
    // Before anything is read: what changes meanwhile comes again in the next delta.
    const checkpoint = await mirror?.checkpoint();
    const delta = mirror === undefined || since === undefined ? undefined : await Delta.read(mirror, since, signal);
    const run = new ExportRun(readerOf(source, resolved), files, resolved, delta);
    await run.all();
    const written = await files.finish();
    signal?.throwIfAborted();
    await output.finish(written);
    return reportOf({
      version,
      mode: delta === undefined ? 'bulk' : 'delta',
      files: written.map(({ name }) => name),
      counts: files.counts,
      roles: Object.fromEntries(run.roles),
      records: run.records,
      losses: run.losses.list(),
      checkpoint,
    });
  } finally {
    await files.close();
    await output.clean();
  }
}

function reportOf(report: Omit<OneRosterReport, 'toString'>): OneRosterReport {
  return Object.freeze(
    Object.defineProperty({ ...report }, 'toString', { value: () => lossText(report.losses) }) as OneRosterReport,
  );
}

/** One export: the order in which records are read, and what has to be known of those before. */
class ExportRun {
  readonly losses = new Losses();
  readonly roles = new Map<ExportedRole, number>();
  readonly records: Record<SourceKind, number> = {
    districts: 0,
    schools: 0,
    terms: 0,
    courses: 0,
    users: 0,
    sections: 0,
  };
  readonly #reader: RecordReader;
  readonly #files: RowFiles;
  readonly #options: ResolvedExport;
  readonly #delta: Delta | undefined;
  readonly #schools = new IdTable();
  readonly #courses = new IdTable();
  readonly #terms = new IdTable();
  readonly #users = new IdTable();
  readonly #agents = new Agents();
  readonly #sessions = new Sessions();
  /** People of whom 1.1 must know whether they teach, until the sections are read. Few have two roles. */
  readonly #waiting: CleverRecord[] = [];
  readonly #teaching = new IdTable();
  /** The ids of rows whose record has changed, by file. */
  readonly #present = new Map<DataFile, IdTable>();
  #district = '';

  constructor(reader: RecordReader, files: RowFiles, options: ResolvedExport, delta: Delta | undefined) {
    this.#reader = reader;
    this.#files = files;
    this.#options = options;
    this.#delta = delta;
  }

  async all(): Promise<void> {
    await this.#readDistrict();
    await this.#each('schools', 'orgs', async (record) => {
      this.#schools.set(record.id);
      await this.#put('schools', record, (context) => [schoolRow(record, context)]);
    });
    await this.#each('terms', 'academicSessions', async (record) => {
      this.#terms.set(record.id);
      this.#sessions.addTerm(record, this.#options);
    });
    await this.#each('courses', 'courses', async (record) => {
      this.#courses.set(record.id);
      await this.#put('courses', record, (context) => [courseRow(record, context)]);
    });
    await this.#readPeople();
    await this.#each('sections', 'classes', (record) => this.#putSection(record));
    for (const record of this.#waiting) {
      await this.#putUser(record, this.#teaching.get(record.id) === 1);
    }
    await this.#putSessions();
    await this.#putDeletions();
  }

  async #readDistrict(): Promise<void> {
    for await (const records of this.#reader.read('districts')) {
      for (const record of records) {
        this.records.districts += 1;
        if (this.#district === '' && isId(record.id)) {
          this.#district = record.id;
          await this.#put('districts', record, (context) => [districtRow(record, context)]);
        }
      }
    }
    if (this.#district === '') {
      throw new CleverConfigError('exportOneRoster(): the source has no district. A sync must have run once.');
    }
  }

  /** Contacts first: the row of a student names them. */
  async #readPeople(): Promise<void> {
    await this.#each(
      'users',
      'users',
      async (record) => {
        if (!this.#users.has(record.id)) {
          await this.#addUser(record);
          for (const student of studentsOf(record)) {
            this.#agents.add(student, record.id);
          }
          if (this.#delta?.timeOf('users', record.id) !== undefined) {
            this.#delta.touchStudentsOf(record);
          }
        }
      },
      'contact',
    );
    await this.#each('users', 'users', async (record) => {
      if (!this.#users.has(record.id)) {
        await this.#addUser(record);
      }
    });
  }

  async #addUser(record: CleverRecord): Promise<void> {
    this.records.users += 1;
    const roles = rolesOf(record);
    if (roles.length === 0) {
      this.#delta?.lost(record.id);
    } else {
      this.#users.set(record.id);
    }
    for (const role of roles) {
      this.roles.set(role, (this.roles.get(role) ?? 0) + 1);
    }
    if (this.#options.version === '1.1' && dependsOnTeaching(record)) {
      this.#waiting.push(record);
      this.#teaching.set(record.id, 0);
    } else {
      await this.#putUser(record, true);
    }
  }

  #putUser(record: CleverRecord, teaches: boolean): Promise<NeutralRow[]> {
    const isUncertain = this.#options.version === '1.1' && dependsOnTeaching(record);
    return this.#put('users', record, (context) => userRows(record, context, teaches), isUncertain);
  }

  async #putSection(record: CleverRecord): Promise<void> {
    const rows = await this.#put('sections', record, (context, sessions) => sectionRows(record, sessions, context));
    if (this.#waiting.length > 0 && rows.length > 0) {
      for (const id of [textOf(record, 'teacher'), ...idsOf(record, 'teachers')].filter((one) =>
        this.#teaching.has(one),
      )) {
        this.#teaching.set(id, 1);
      }
    }
  }

  async #putSessions(): Promise<void> {
    const rows = this.#sessions.rows(this.#context(this.#now, this.losses));
    const delta = this.#delta;
    if (delta === undefined) {
      await this.#files.write(rows);
    } else {
      this.#remember(rows);
      // There are few, and their dates depend on one another.
      if (!delta.isQuiet('terms') || !delta.isQuiet('sections')) {
        await this.#files.write(rows.map((row) => ({ ...row, status: 'active' as const, at: delta.latest })));
      }
    }
  }

  /** Calls `take` for each record of a kind. */
  async #each(
    kind: SourceKind,
    file: DataFile,
    take: (record: CleverRecord) => Promise<unknown>,
    role?: 'contact',
  ): Promise<void> {
    for await (const records of this.#reader.read(kind, role)) {
      for (const record of records) {
        if (!isId(record.id)) {
          this.losses.add('left_out', 'records whose id has characters that OneRoster does not allow', file);
          continue;
        }
        // People are counted when they are added, because contacts are read twice.
        this.records[kind] += kind === 'users' ? 0 : 1;
        await take(record);
      }
      this.#options.onProgress({ file: `${file}.csv`, rows: this.#files.counts[file] ?? 0 });
    }
  }

  /**
   * Converts a record and writes its rows: all of them in bulk; in a delta those of records that have changed, or that
   * depend on one that came or went.
   */
  async #put(
    kind: SourceKind,
    record: CleverRecord,
    convert: (context: ConvertContext, sessions: Sessions) => NeutralRow[],
    isUncertain = false,
  ): Promise<NeutralRow[]> {
    const delta = this.#delta;
    if (delta === undefined) {
      const rows = convert(this.#context(this.#now, this.losses), this.#sessions);
      await this.#files.write(rows);
      return rows;
    }
    const changedAt = delta.timeOf(kind, record.id);
    const mayTeachOtherwise = isUncertain && !(delta.isQuiet('sections') && delta.isQuiet('schools'));
    const isTouched = mayTeachOtherwise || delta.isTouched(kind, record);
    const losses = changedAt !== undefined || isTouched ? this.losses : new Losses();
    const rows = convert(this.#context(this.#now, losses), this.#sessions);
    if (changedAt !== undefined || isTouched) {
      const at = changedAt ?? delta.latest;
      this.#remember(rows);
      await this.#files.write(rows.map((row) => ({ ...row, status: 'active' as const, at })));
      if (changedAt === undefined) {
        await this.#delete(convert(this.#context(this.#formerly(delta), new Losses()), new Sessions()), at);
      }
    }
    return rows;
  }

  /** What the changed records were before has rows of its own; those that are no more are deleted. */
  async #putDeletions(): Promise<void> {
    const delta = this.#delta;
    if (delta === undefined) {
      return;
    }
    const context = this.#context(this.#formerly(delta), new Losses());
    const sessions = new Sessions();
    for await (const { kind, record } of delta.former()) {
      this.#options.signal?.throwIfAborted();
      if (isId(record.id)) {
        const rows = formerRows(kind, record, { context, sessions });
        await this.#delete(rows, delta.timeOf(kind, record.id) ?? delta.latest);
      }
    }
    await this.#delete(sessions.rows(context), delta.latest);
  }

  async #delete(rows: readonly NeutralRow[], at: Date): Promise<void> {
    const gone = rows.filter((row) => !this.#isPresent(row));
    this.#remember(gone);
    await this.#files.write(gone.map((row): WrittenRow => ({ ...row, status: 'tobedeleted', at })));
  }

  #remember(rows: readonly NeutralRow[]): void {
    for (const { file, cells } of rows) {
      const ids = this.#present.get(file) ?? new IdTable();
      this.#present.set(file, ids);
      ids.set(cells.sourcedId);
    }
  }

  #isPresent({ file, cells }: NeutralRow): boolean {
    return this.#present.get(file)?.has(cells.sourcedId) ?? false;
  }

  #context(knowledge: RosterKnowledge, losses: Losses): ConvertContext {
    return { ...this.#options, district: this.#district, knowledge, losses };
  }

  readonly #now: RosterKnowledge = {
    hasSchool: (id) => this.#schools.has(id),
    hasCourse: (id) => this.#courses.has(id),
    hasTerm: (id) => this.#terms.has(id),
    hasUser: (id) => this.#users.has(id),
    agentsOf: (id) => this.#agents.of(id),
  };

  /** What was known before the changes. */
  #formerly(delta: Delta): RosterKnowledge {
    return {
      hasSchool: (id) => delta.existed('schools', id) ?? this.#schools.has(id),
      hasCourse: (id) => delta.existed('courses', id) ?? this.#courses.has(id),
      hasTerm: (id) => delta.existed('terms', id) ?? this.#terms.has(id),
      hasUser: (id) => delta.existed('users', id) ?? this.#users.has(id),
      agentsOf: () => [],
    };
  }
}

function formerRows(
  kind: SourceKind,
  record: CleverRecord,
  { context, sessions }: { readonly context: ConvertContext; readonly sessions: Sessions },
): NeutralRow[] {
  switch (kind) {
    case 'schools':
      return [schoolRow(record, context)];
    case 'terms':
      sessions.addTerm(record, context);
      return [];
    case 'courses':
      return [courseRow(record, context)];
    case 'users':
      return userRows(record, context);
    case 'sections':
      return sectionRows(record, sessions, context);
    default:
      return [];
  }
}
