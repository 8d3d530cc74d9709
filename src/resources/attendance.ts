import type { ListOperation } from '../api/operation.js';
import type { SequentialListParams } from '../api/parameters.js';
import type { ResourceApi } from '../api/resource-api.js';
import { CleverConfigError } from '../errors/index.js';
import type { Paginated } from '../pagination/index.js';
import type { AttendanceRecord } from '../schemas/attendance-record.js';
import { keysOf } from '../util/keys-of.js';
import type { AttendanceStatus } from '../values/index.js';

/** Which attendance to list. */
export interface AttendanceListParams extends SequentialListParams {
  /** The first day, `YYYY-MM-DD`. Default: as far back as Clever keeps records, six months. */
  readonly date_range_start?: string;
  /** The last day, `YYYY-MM-DD`. Default: today. */
  readonly date_range_end?: string;
  /** Only records of this status. Default: all. */
  readonly attendance_status?: AttendanceStatus;
}

const OPERATION = {
  kind: 'attendanceRecord',
  filters: keysOf<Omit<AttendanceListParams, keyof SequentialListParams>>()({
    date_range_start: true,
    date_range_end: true,
    attendance_status: true,
  }),
  maxPageSize: 1_000,
  hasOpaqueCursor: true,
  advice: 'attendance',
} as const satisfies Partial<ListOperation<'attendanceRecord'>>;

/**
 * The attendance of students: who was present, late or absent. Clever offers it as a **preview** that may
 * change. Available as `district.attendance`, with API v3.1 only.
 *
 * Clever keeps six months of records, for districts that upload them by SFTP and apps that have the scope.
 *
 * Source: dev.clever.com/docs/attendance-data-overview.
 */
export class Attendance {
  readonly #api: ResourceApi;

  /** @internal */
  constructor(api: ResourceApi) {
    this.#api = api;
  }

  /**
   * Lists the attendance of a school, by date, then student.
   *
   * Sends `GET /attendance/schools/{school_id}` and follows Clever's `next` links to the end. Lazy: nothing
   * is sent until the listing is read. Clever defines the position; `page.cursor` resumes as usual.
   *
   * @param params.pageSize - Records per request, 1 to 1000, sent as `limit`. Default 1000.
   */
  listForSchool(schoolId: string, params: AttendanceListParams = {}): Paginated<AttendanceRecord> {
    const call = 'attendance.listForSchool()';
    checkDates(call, params);
    const ids = { school_id: schoolId };
    return this.#api.list({ ...OPERATION, call, path: '/attendance/schools/{school_id}', ids }, params);
  }

  /**
   * Lists the attendance of a section, by date, then student.
   *
   * Sends `GET /attendance/sections/{section_id}` and follows Clever's `next` links to the end. Lazy:
   * nothing is sent until the listing is read. Clever defines the position; `page.cursor` resumes as usual.
   *
   * @param params.pageSize - Records per request, 1 to 1000, sent as `limit`. Default 1000.
   */
  listForSection(sectionId: string, params: AttendanceListParams = {}): Paginated<AttendanceRecord> {
    const call = 'attendance.listForSection()';
    checkDates(call, params);
    const ids = { section_id: sectionId };
    return this.#api.list({ ...OPERATION, call, path: '/attendance/sections/{section_id}', ids }, params);
  }
}

function checkDates(call: string, { date_range_start: start, date_range_end: end }: AttendanceListParams): void {
  for (const [name, date] of Object.entries({ date_range_start: start, date_range_end: end })) {
    if (date !== undefined && !isDate(date)) {
      throw new CleverConfigError(`${call}: \`${name}\` must be a day such as 2026-09-01.`);
    }
  }
  if (start !== undefined && end !== undefined && end < start) {
    throw new CleverConfigError(`${call}: \`date_range_end\` must not come before \`date_range_start\`.`);
  }
}

/** Checks whether a value is a date in ISO form that exists in the calendar. */
function isDate(value: unknown): boolean {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/u.test(value)) {
    return false;
  }
  const date = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value);
}
