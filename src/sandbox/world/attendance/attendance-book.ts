import { groupBy } from '../../../util/group-by.js';
import type { AttendanceStatus } from '../../../values/index.js';
import { SandboxError } from '../../roster/error.js';
import { Random } from '../../roster/random.js';
import type { SectionRecord, UserRecord } from '../../roster/records.js';
import { lowerBound, sortedIds } from '../../roster/store/ordered.js';
import type { RosterStore } from '../../roster/store/store.js';
import type { SavedDistrict } from '../state/state-schema.js';
import { type AttendanceEntry, type AttendancePosition, comparePositions, positionOf } from './attendance-entry.js';
import { type AttendanceScope, type ClassList, classListOf } from './class-list.js';

/** A student's attendance on one day. */
export interface AttendanceMark {
  /** Id of the student. */
  readonly student_id: string;
  /** `YYYY-MM-DD`, in the past six months. */
  readonly attendance_date: string;
  readonly attendance_status: AttendanceStatus;
  /** Id of the section, if attendance is taken by section. Absent: the mark is for the whole day. */
  readonly section_id?: string;
  /** Why the student was absent, in the district's own codes. */
  readonly excuse_code?: string;
}

/** Which part of the attendance is requested. */
export interface AttendanceQuery {
  readonly limit: number;
  /** Only records after this position; the first ones of them. */
  readonly after: AttendancePosition | undefined;
  /** Only records before this position; the last ones of them. */
  readonly before: AttendancePosition | undefined;
  /** The first and the last day; `undefined` for no limit. */
  readonly days: readonly [first: string | undefined, last: string | undefined];
  readonly status: string | undefined;
}

/** A part of the attendance. */
export interface AttendancePage {
  readonly entries: readonly AttendanceEntry[];
  readonly hasMore: boolean;
  readonly hasEarlier: boolean;
}

const DAY_MS = 86_400_000;
/** The number of days before today with generated attendance, weekends left out. */
const GENERATED_DAYS = 14;
/** Six months, counted in days. Source: dev.clever.com/docs/attendance-data-overview. */
const RETENTION_DAYS = 183;
/** Each record draws one of these: eight of ten students are present. */
const STATUSES: readonly [string, ...string[]] = ['present', ...Array<string>(7).fill('present'), 'absent', 'tardy'];

/**
 * The attendance of a district: generated for the two weeks before today, always the same for the same day,
 * student and section, and replaced by marks.
 */
export class AttendanceBook {
  readonly #district: string;
  readonly #store: RosterStore;
  readonly #clock: () => number;
  readonly #marks = new Map<string, AttendanceEntry>();

  constructor(district: string, store: RosterStore, clock: () => number) {
    this.#district = district;
    this.#store = store;
    this.#clock = clock;
  }

  /** Sets a student's attendance, in place of an earlier mark or the generated value. */
  mark(mark: AttendanceMark): void {
    const { student_id, attendance_date, attendance_status, section_id, excuse_code } = mark;
    const student = this.#store.get('users', student_id);
    if (student?.roles.student === undefined) {
      throw new SandboxError('The district has no student with this `student_id`.');
    }
    const section = section_id === undefined ? undefined : this.#store.get('sections', section_id);
    if (section_id !== undefined && !(section?.students ?? []).includes(student_id)) {
      throw new SandboxError('The student has no section with this `section_id`.');
    }
    if (!/^\d{4}-\d{2}-\d{2}$/u.test(attendance_date) || Number.isNaN(Date.parse(attendance_date))) {
      throw new SandboxError('`attendance_date` must be a day in the form YYYY-MM-DD.');
    }
    const entry = this.#entry(attendance_date, student, section);
    const { excuse_code: _, ...rest } = entry;
    const now = new Date(this.#clock()).toISOString();
    const code = excuse_code === undefined ? {} : { excuse_code };
    this.#marks.set(positionOf(entry).join('/'), { ...rest, ...code, attendance_status, last_modified: now });
  }

  /**
   * Returns a part of the attendance, sorted by date, student, section and school. Source:
   * dev.clever.com/docs/attendance-data-overview. The cost depends on the class list and the part, not on
   * two weeks of a whole school.
   */
  page(scope: AttendanceScope, query: AttendanceQuery): AttendancePage {
    const { limit, after, before } = query;
    const walk = this.#walker(scope, query);
    const isBackward = before !== undefined;
    const found = [...take(walk(before ?? after, isBackward ? -1 : 1), limit + 1)];
    const isCut = found.length > limit;
    const entries = isBackward ? found.slice(0, limit).reverse() : found.slice(0, limit);
    const [first, last] = [entries[0], entries.at(-1)];
    const hasBeyond = (entry: AttendanceEntry | undefined, step: 1 | -1): boolean =>
      entry !== undefined && [...take(walk(positionOf(entry), step), 1)].length > 0;
    return {
      entries,
      hasMore: isBackward ? hasBeyond(last, 1) : isCut,
      hasEarlier: isBackward ? isCut : hasBeyond(first, -1),
    };
  }

  /** Returns a generator that walks the requested records from a position, forward or backward. */
  #walker(scope: AttendanceScope, { days: [firstDay = '', lastDay], status }: AttendanceQuery) {
    const list = classListOf(this.#store, scope);
    const marks = this.#marksOf(scope);
    const generated = this.#generatedDates();
    const marked = [...marks.values()].flat();
    const dates = sortedIds([...generated, ...marked.map((mark) => mark.attendance_date)]).filter(
      (date) => date >= firstDay && (lastDay === undefined || date <= lastDay),
    );
    const students = sortedIds([...list.students, ...marked.map((mark) => mark.student_id)]);
    const entriesOf = (date: string, student: string): AttendanceEntry[] => {
      const made = generated.includes(date) ? this.#entriesOf(list, date, student) : [];
      const all = [...made, ...(marks.get(`${date}/${student}`) ?? [])];
      const unique = new Map(all.map((entry) => [positionOf(entry).join('/'), entry]));
      return [...unique.values()]
        .filter((entry) => status === undefined || entry.attendance_status === status)
        .sort((left, right) => comparePositions(positionOf(left), positionOf(right)));
    };
    return function* walk(from: AttendancePosition | undefined, step: 1 | -1): Generator<AttendanceEntry, void> {
      for (const date of inOrder(dates, from?.[0], step)) {
        const start = from !== undefined && date === from[0] ? from : undefined;
        for (const student of inOrder(students, start?.[1], step)) {
          const entries = entriesOf(date, student);
          for (const entry of step === 1 ? entries : entries.reverse()) {
            if (start === undefined || comparePositions(positionOf(entry), start) * step > 0) {
              yield entry;
            }
          }
        }
      }
    };
  }

  /** Returns the marks that have not expired, by day and student. */
  #marksOf(scope: AttendanceScope): Map<string, AttendanceEntry[]> {
    const oldest = isoDate(this.#clock() - RETENTION_DAYS * DAY_MS);
    const marks = [...this.#marks.values()].filter((mark) => mark.attendance_date >= oldest && isOf(mark, scope));
    return groupBy(marks, (mark) => `${mark.attendance_date}/${mark.student_id}`);
  }

  /** Returns the marks for a saved state. */
  save(): SavedDistrict['attendance'] {
    return [...this.#marks.values()].map((mark) => ({ ...mark }));
  }

  /** Continues from a saved state. */
  load(marks: SavedDistrict['attendance']): void {
    for (const mark of marks as unknown as readonly AttendanceEntry[]) {
      this.#marks.set(positionOf(mark).join('/'), mark);
    }
  }

  #generatedDates(): string[] {
    const today = Math.floor(this.#clock() / DAY_MS) * DAY_MS;
    return Array.from({ length: GENERATED_DAYS }, (_, back) => today - back * DAY_MS)
      .filter((day) => ![0, 6].includes(new Date(day).getUTCDay()))
      .map(isoDate);
  }

  #entriesOf(list: ClassList, date: string, studentId: string): AttendanceEntry[] {
    const student = this.#store.get('users', studentId);
    if (student === undefined) {
      return [];
    }
    return [
      ...(list.isTakenDaily(student) ? [this.#entry(date, student)] : []),
      ...list.sectionsOf(studentId).map((section) => this.#entry(date, student, section)),
    ];
  }

  #entry(date: string, student: UserRecord, section?: SectionRecord): AttendanceEntry {
    const sectionId = section?.id;
    const random = new Random(0, 'attendance', date, student.id, sectionId ?? '');
    const status = random.pick(STATUSES);
    const taken = `${date}T${sectionId === undefined ? '13' : '15'}:00:00.000Z`;
    return {
      attendance_date: date,
      attendance_status: status,
      attendance_type: sectionId === undefined ? 'daily' : 'section',
      district_id: this.#district,
      school_id: section?.school ?? student.roles.student?.school ?? '',
      ...(sectionId === undefined ? {} : { section_id: sectionId }),
      student_id: student.id,
      sis_id: random.digits(9),
      ...(status === 'absent' && random.chance(0.5) ? { excuse_code: random.pick(['EX', 'ILL', 'UNX']) } : {}),
      created: taken,
      last_modified: taken,
    };
  }
}

/** Returns the ascending items from one on, or backward from it; all of them when `from` is `undefined`. */
function inOrder(ascending: readonly string[], from: string | undefined, step: 1 | -1): readonly string[] {
  if (step === 1) {
    return from === undefined ? ascending : ascending.slice(lowerBound(ascending, from));
  }
  return ascending.slice(0, from === undefined ? undefined : lowerBound(ascending, `${from}\0`)).reverse();
}

function* take<Item>(items: Iterable<Item>, count: number): Generator<Item, void> {
  let taken = 0;
  for (const item of items) {
    yield item;
    taken += 1;
    if (taken >= count) {
      return;
    }
  }
}

function isOf(entry: AttendanceEntry, scope: AttendanceScope): boolean {
  return 'section' in scope ? entry.section_id === scope.section : entry.school_id === scope.school;
}

function isoDate(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
