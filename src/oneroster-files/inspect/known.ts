import { itemsOf } from '../cells.js';
import { IdTable } from '../id-table.js';
import type { FileMode } from '../manifest.js';
import type { DataFile } from '../tables.js';
import type { Cells } from './row.js';

/** What is kept with the id of a row. */
const SCHOOL = 1;
const SCHOOL_YEAR = 2;
const TERM = 4;
const FUTURE = 8;
const OTHER_ORG = 16;

/** What the rules of one file need to know of the others: ids, and a few bits of each. */
export class Known {
  /** The files to which others refer. */
  static wants(file: DataFile): boolean {
    return WANTED.has(file);
  }

  readonly #today: string;
  readonly #ids = new Map<DataFile, IdTable>();
  readonly #modes = new Map<DataFile, FileMode>();
  /** Pairs that may exist once, and pairs that must exist. */
  readonly #pairs = new IdTable();
  readonly #held = new IdTable();

  /** How many classes Clever's importer leaves out, and how many enrollments with them. */
  readonly dropped = { classes: 0, enrollments: 0 };

  constructor(today: string) {
    this.#today = today;
  }

  addFile(file: DataFile, mode: FileMode): void {
    this.#modes.set(file, mode);
  }

  hasFile(file: DataFile): boolean {
    return this.#modes.has(file);
  }

  /** Whether all that the file refers to can be known: not for what is changed, which refers to former files. */
  isBulk(file: DataFile): boolean {
    return this.#modes.get(file) === 'bulk';
  }

  add(file: DataFile, cells: Cells): void {
    const id = cells['sourcedId'];
    if (id === undefined) {
      return;
    }
    const ids = this.#ids.get(file) ?? new IdTable();
    this.#ids.set(file, ids);
    if (!ids.has(id)) {
      ids.set(id, this.#bitsOf(file, cells));
    }
    if (file === 'roles') {
      this.#held.set(`${cells['userSourcedId']} ${cells['orgSourcedId']}`);
      this.#held.set(`${cells['userSourcedId']}`);
    }
  }

  #bitsOf(file: DataFile, cells: Cells): number {
    const type = cells['type'] ?? '';
    if (file === 'orgs') {
      return type === 'school' || type.startsWith('ext:') ? SCHOOL : OTHER_ORG;
    }
    if (file === 'academicSessions') {
      const isFuture = (cells['startDate'] ?? '') > this.#today;
      return (
        (type === 'schoolYear' || type.startsWith('ext:') ? SCHOOL_YEAR : 0) |
        (type === 'term' ? TERM : 0) |
        (isFuture ? FUTURE : 0)
      );
    }
    return file === 'classes' && this.dropReason(cells) !== undefined ? FUTURE : 0;
  }

  has(file: DataFile, id: string): boolean {
    return this.#ids.get(file)?.has(id) ?? false;
  }

  /** Whether an org is known not to be a school. */
  isOtherOrg(id: string): boolean {
    return this.#ids.get('orgs')?.get(id) === OTHER_ORG;
  }

  /** Whether a session is known not to be a school year. */
  isNoSchoolYear(id: string): boolean {
    const bits = this.#ids.get('academicSessions')?.get(id);
    return bits !== undefined && (bits & SCHOOL_YEAR) === 0;
  }

  /** Why Clever's importer leaves a class out (observed by legertom/oneroster-data); `undefined` when it does not. */
  dropReason(cells: Cells): 'future' | 'no-term' | undefined {
    const bits = itemsOf(cells['termSourcedIds'] ?? '').flatMap(
      (id) => this.#ids.get('academicSessions')?.get(id) ?? [],
    );
    if (bits.some((bit) => (bit & FUTURE) !== 0)) {
      return 'future';
    }
    return bits.length > 0 && bits.every((bit) => (bit & TERM) === 0) ? 'no-term' : undefined;
  }

  /** Whether Clever's importer leaves the class with an id out. */
  isDropped(classId: string): boolean {
    return this.#ids.get('classes')?.get(classId) === FUTURE;
  }

  /** Whether a user has a role at an org. */
  hasRole(userId: string, orgId?: string): boolean {
    return this.#held.has(orgId === undefined ? userId : `${userId} ${orgId}`);
  }

  /** Notes a pair that may exist once. Returns whether it is the first. */
  isFirst(what: string, ...ids: readonly string[]): boolean {
    return this.#pairs.set([what, ...ids].join(' '));
  }

  get today(): string {
    return this.#today;
  }
}

const WANTED: ReadonlySet<DataFile> = new Set<DataFile>([
  'orgs',
  'academicSessions',
  'courses',
  'classes',
  'users',
  'userProfiles',
  'roles',
  'categories',
  'scoreScales',
  'lineItems',
  'results',
  'resources',
]);
