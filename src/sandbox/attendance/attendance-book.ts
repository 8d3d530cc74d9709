import type { AttendanceStatus } from '../../values/index.js';
import { SandboxError } from '../error.js';
import { Random } from '../random.js';
import type { SectionRecord, UserRecord } from '../records.js';
import type { RosterStore } from '../store/store.js';

/** A record of the Attendance API. */
export interface AttendanceEntry {
  readonly attendance_date: string;
  readonly attendance_status: string;
  readonly attendance_type: 'daily' | 'section';
  readonly student_id: string;
  readonly school_id: string;
  readonly district_id: string;
  readonly section_id?: string;
  readonly sis_id: string;
  readonly excuse_code?: string;
  readonly created: string;
  readonly last_modified: string;
}

/** What is known of one student on one day. */
export interface AttendanceMark {
  /** Id of the student. */
  readonly student_id: string;
  /** `YYYY-MM-DD`, in the past six months. */
  readonly attendance_date: string;
  readonly attendance_status: AttendanceStatus;
  /** Id of the section, where attendance is taken by section. Left out: of the whole day. */
  readonly section_id?: string;
  /** Why the student was absent, in the district's own codes. */
  readonly excuse_code?: string;
}

/** Whose attendance is asked for. */
export type AttendanceScope = { readonly school: string } | { readonly section: string };

const DAY_MS = 86_400_000;
/** Attendance is made up for so many days back, weekends left out. */
const GENERATED_DAYS = 14;
/** Six months, counted in days. Source: dev.clever.com/docs/attendance-data-overview. */
const RETENTION_DAYS = 183;
const STATUSES = [
  ...['present', 'present', 'present', 'present', 'present', 'present', 'present', 'present'],
  ...['absent', 'tardy'],
] as unknown as readonly [string, ...string[]];

/**
 * The attendance of a district: made up for the two weeks before today, the same for the same day, student and section, and
 * marks in place of it.
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

  /** Writes down how it was with a student, in place of what was known. */
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
    this.#marks.set(keyOf(entry).join('/'), { ...rest, ...code, attendance_status, last_modified: now });
  }

  /** All that is known, sorted by date, student, section and school. Source: dev.clever.com/docs/attendance-data-overview. */
  entries(scope: AttendanceScope): AttendanceEntry[] {
    const entries = new Map<string, AttendanceEntry>();
    for (const date of this.#generatedDates()) {
      for (const entry of this.#entriesOf(scope, date)) {
        entries.set(keyOf(entry).join('/'), entry);
      }
    }
    const oldest = isoDate(this.#clock() - RETENTION_DAYS * DAY_MS);
    for (const [key, mark] of this.#marks) {
      if (mark.attendance_date >= oldest && isOf(mark, scope)) {
        entries.set(key, mark);
      }
    }
    return [...entries].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, entry]) => entry);
  }

  #generatedDates(): string[] {
    const today = Math.floor(this.#clock() / DAY_MS) * DAY_MS;
    return Array.from({ length: GENERATED_DAYS }, (_, back) => today - back * DAY_MS)
      .filter((day) => ![0, 6].includes(new Date(day).getUTCDay()))
      .map(isoDate);
  }

  #entriesOf(scope: AttendanceScope, date: string): AttendanceEntry[] {
    if ('section' in scope) {
      const section = this.#store.get('sections', scope.section);
      return section === undefined ? [] : this.#sectionEntries(section, date);
    }
    const everything = { limit: Number.MAX_SAFE_INTEGER };
    const students = this.#store.related('schools.users', scope.school, { ...everything, role: 'student' });
    const sections = this.#store.related('schools.sections', scope.school, everything);
    return [
      ...(students.records as readonly UserRecord[])
        .filter(({ roles }) => roles.student?.school === scope.school)
        .map((student) => this.#entry(date, student)),
      ...(sections.records as readonly SectionRecord[]).flatMap((section) => this.#sectionEntries(section, date)),
    ];
  }

  #sectionEntries(section: SectionRecord, date: string): AttendanceEntry[] {
    return (section.students ?? []).flatMap((id) => {
      const student = this.#store.get('users', id);
      return student === undefined ? [] : [this.#entry(date, student, section)];
    });
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

/** What attendance is sorted by, and what tells two records apart. */
export function keyOf(entry: AttendanceEntry): [date: string, student: string, section: string, school: string] {
  return [entry.attendance_date, entry.student_id, entry.section_id ?? '', entry.school_id];
}

function isOf(entry: AttendanceEntry, scope: AttendanceScope): boolean {
  return 'section' in scope ? entry.section_id === scope.section : entry.school_id === scope.school;
}

function isoDate(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
