import { CleverConfigError } from '../../index.js';
import { IdTable } from '../../oneroster-files/index.js';
import { idsOf, textOf } from '../convert/members.js';
import { rolesOf, studentsOf } from '../convert/people.js';
import type { CleverRecord, DistrictMirror, MirrorChange, SourceKind } from './source.js';

const KINDS: readonly SourceKind[] = ['districts', 'schools', 'terms', 'courses', 'users', 'sections'];

/** What a record was before the changes. */
const [ABSENT, PRESENT, WITHOUT_ROLE] = [0, 1, 2];

/**
 * What has changed in a mirror since a position of its change log. In memory are the ids of what has changed. What the
 * records were before is read again by {@link former}.
 */
export class Delta {
  readonly #mirror: DistrictMirror;
  readonly #since: string;
  readonly #signal: AbortSignal | undefined;
  readonly #before = new Map<SourceKind, IdTable>(KINDS.map((kind) => [kind, new IdTable()]));
  readonly #seconds = new Map<SourceKind, IdTable>(KINDS.map((kind) => [kind, new IdTable()]));
  /** The records that came or went. */
  readonly #moved = new Map<SourceKind, IdTable>(KINDS.map((kind) => [kind, new IdTable()]));
  /** Students whose contacts have changed. */
  readonly #students = new IdTable();
  #latest = 0;

  private constructor(mirror: DistrictMirror, since: string, signal: AbortSignal | undefined) {
    this.#mirror = mirror;
    this.#since = since;
    this.#signal = signal;
  }

  /**
   * Reads the change log.
   *
   * @throws `CleverConfigError` when it does not have what the records were before.
   */
  static async read(mirror: DistrictMirror, since: string, signal: AbortSignal | undefined): Promise<Delta> {
    const delta = new Delta(mirror, since, signal);
    for await (const changes of delta.#changes()) {
      for (const change of changes) {
        delta.#add(change);
      }
    }
    return delta;
  }

  /** Whether nothing of a kind has changed. */
  isQuiet(kind: SourceKind): boolean {
    return tableOf(this.#before, kind).size === 0;
  }

  /** When the last change was stored. */
  get latest(): Date {
    return new Date(this.#latest * 1_000);
  }

  /** When a record changed last; `undefined` when it did not. */
  timeOf(kind: SourceKind, id: string): Date | undefined {
    const seconds = tableOf(this.#seconds, kind).get(id);
    return seconds === undefined ? undefined : new Date(seconds * 1_000);
  }

  /** Whether a record existed before the changes; `undefined` when it has not changed. */
  existed(kind: SourceKind, id: string): boolean | undefined {
    const before = tableOf(this.#before, kind).get(id);
    return before === undefined ? undefined : before === PRESENT;
  }

  /** Notes that a user has no role any more, and therefore no row. */
  lost(userId: string): void {
    tableOf(this.#moved, 'users').set(userId);
  }

  /** Whether the rows of a record depend on another record that has come or gone. */
  isTouched(kind: SourceKind, record: CleverRecord): boolean {
    const moved = (of: SourceKind, ids: readonly string[]): boolean =>
      ids.some((id) => tableOf(this.#moved, of).has(id));
    if (kind === 'users') {
      const schools = rolesOf(record).flatMap((role) => [
        textOf(record, 'roles', role, 'school'),
        ...idsOf(record, 'roles', role, 'schools'),
      ]);
      return moved('schools', schools) || this.#students.has(record.id);
    }
    return (
      kind === 'sections' &&
      (moved('schools', [textOf(record, 'school')]) ||
        moved('courses', [textOf(record, 'course')]) ||
        moved('terms', [textOf(record, 'term_id')]) ||
        moved('users', [textOf(record, 'teacher'), ...idsOf(record, 'teachers'), ...idsOf(record, 'students')]))
    );
  }

  /** Notes that the contacts of students have changed. */
  touchStudentsOf(contact: CleverRecord): void {
    for (const student of studentsOf(contact)) {
      this.#students.set(student);
    }
  }

  /** What the changed records were before, as far as they existed. */
  async *former(): AsyncGenerator<{ readonly kind: SourceKind; readonly record: CleverRecord }, void, undefined> {
    const seen = new Map<SourceKind, IdTable>(KINDS.map((kind) => [kind, new IdTable()]));
    for await (const changes of this.#changes()) {
      for (const { kind, id, previous } of changes) {
        const isKnown = isExported(kind) && tableOf(this.#before, kind).has(id);
        if (isKnown && tableOf(seen, kind).set(id) && this.existed(kind, id) === true) {
          yield { kind, record: previous as CleverRecord };
        }
      }
    }
  }

  #changes(): AsyncIterable<readonly MirrorChange[]> {
    return this.#mirror.changesSince(this.#since, this.#signal === undefined ? {} : { signal: this.#signal });
  }

  #add({ kind, id, op, previous, at }: MirrorChange): void {
    if (!isExported(kind)) {
      return;
    }
    const seconds = Math.floor(at.getTime() / 1_000);
    tableOf(this.#seconds, kind).set(id, seconds);
    this.#latest = Math.max(this.#latest, seconds);
    if (op !== 'updated') {
      tableOf(this.#moved, kind).set(id);
    }
    if (tableOf(this.#before, kind).has(id)) {
      return;
    }
    const existed = op === 'updated' || op === 'archived';
    if (existed && previous === undefined) {
      throw new CleverConfigError(
        "exportOneRoster(): `since` needs to know what changed records were before. Create the sync with history: 'values', " +
          'and let its next full export be the first that deltas follow.',
      );
    }
    const former = { id, ...previous } as CleverRecord;
    const hasRow = kind !== 'users' || rolesOf(former).length > 0;
    tableOf(this.#before, kind).set(id, existed ? (hasRow ? PRESENT : WITHOUT_ROLE) : ABSENT);
    if (existed && !hasRow) {
      tableOf(this.#moved, kind).set(id);
    }
    if (existed && kind === 'users') {
      this.touchStudentsOf(former);
    }
  }
}

function tableOf(tables: ReadonlyMap<SourceKind, IdTable>, kind: SourceKind): IdTable {
  return tables.get(kind) ?? new IdTable();
}

function isExported(kind: string): kind is SourceKind {
  return (KINDS as readonly string[]).includes(kind);
}
