import { type PlainDate, parseTermDate, parseTimestamp, plainDateToString } from '../../values/index.js';
import type { CleverRecord } from '../source/source.js';
import type { ConvertContext, NeutralRow } from './context.js';
import { addMembersWithoutPlace, memberOf, textOf } from './members.js';

/** A term as it will be written. */
interface Term {
  readonly record: CleverRecord;
  readonly year: number;
  readonly start: string | undefined;
  readonly end: string | undefined;
}

/** The month in which a school year begins. Schools differ by weeks; that a year begins in July is our reading. */
const FIRST_MONTH = 7;

/**
 * The terms of a district, and the school years that they belong to. Clever has no school years: one is made for each
 * year that a term, or a section without a term, lies in.
 */
export class Sessions {
  readonly #terms: Term[] = [];
  readonly #years = new Set<number>();

  addTerm(record: CleverRecord, { today }: Pick<ConvertContext, 'today'>): void {
    const [start, end] = [parseTermDate(memberOf(record, 'start_date')), parseTermDate(memberOf(record, 'end_date'))];
    const year = yearOfTerm(start, end) ?? yearOfRecord(record, today);
    this.#years.add(year);
    this.#terms.push({ record, year, start: isoOf(start), end: isoOf(end) });
  }

  /** Returns the id of the school year of a section without a term. */
  addYearOf(section: CleverRecord, { today, district }: Pick<ConvertContext, 'today' | 'district'>): string {
    const year = yearOfRecord(section, today);
    this.#years.add(year);
    return yearId(district, year);
  }

  rows(context: ConvertContext): NeutralRow[] {
    const years = [...this.#years].sort((one, other) => one - other);
    return [
      ...years.map((year) => this.#yearRow(year, context)),
      ...this.#terms.map((term) => this.#termRow(term, context)),
    ];
  }

  #yearRow(year: number, { district, losses }: ConvertContext): NeutralRow {
    losses.add('invented', 'a school year', 'academicSessions');
    return { file: 'academicSessions', cells: yearCells(district, year, this.#spanOf(year)) };
  }

  #termRow({ record, year, start, end }: Term, context: ConvertContext): NeutralRow {
    const { district, losses } = context;
    addMembersWithoutPlace('terms', record, context, losses);
    const span = this.#spanOf(year);
    for (const [column, value] of [
      ['startDate', start],
      ['endDate', end],
    ] as const) {
      if (value === undefined) {
        losses.add('invented', "the school year's date", 'academicSessions', column);
      }
    }
    const isBackward = start !== undefined && end !== undefined && end < start;
    if (isBackward) {
      losses.add(
        'choice',
        "the school year's last day, because the term ends before it begins",
        'academicSessions',
        'endDate',
      );
    }
    const name = textOf(record, 'name');
    if (name === '') {
      losses.add('invented', 'the school year as title of a term', 'academicSessions', 'title');
    }
    return {
      file: 'academicSessions',
      cells: {
        sourcedId: record.id,
        title: name || titleOf(year),
        type: 'term',
        startDate: start ?? span.start,
        endDate: end === undefined || isBackward ? span.end : end,
        parentSourcedId: yearId(district, year),
        schoolYear: yearText(year),
      },
    };
  }

  /** The first and the last day of a school year: July to June, and longer when a term is. */
  #spanOf(year: number): { readonly start: string; readonly end: string } {
    const dates = this.#terms
      .filter((term) => term.year === year)
      .flatMap(({ start = [], end = [] }) => [start, end].flat());
    const sorted = [...dates, `${yearText(year - 1)}-07-01`, `${yearText(year)}-06-30`].sort();
    return { start: sorted[0] ?? '', end: sorted.at(-1) ?? '' };
  }
}

function yearCells(
  district: string,
  year: number,
  { start, end }: { readonly start: string; readonly end: string },
): NeutralRow['cells'] {
  return {
    sourcedId: yearId(district, year),
    title: titleOf(year),
    type: 'schoolYear',
    startDate: start,
    endDate: end,
    schoolYear: yearText(year),
  };
}

/** The year in which the school year of a term ends. Its beginning counts, because a summer term may last into July. */
function yearOfTerm(start: PlainDate | undefined, end: PlainDate | undefined): number | undefined {
  if (start !== undefined) {
    return start.year + (start.month >= FIRST_MONTH ? 1 : 0);
  }
  return end === undefined ? undefined : end.year + (end.month > FIRST_MONTH ? 1 : 0);
}

/** The school year in which a record was made: by its `created`, else by the time in its id, else today. */
function yearOfRecord(record: CleverRecord, today: string): number {
  const made = parseTimestamp(memberOf(record, 'created')) ?? timeIn(record.id) ?? new Date(`${today}T00:00:00Z`);
  return made.getUTCFullYear() + (made.getUTCMonth() + 1 >= FIRST_MONTH ? 1 : 0);
}

/** Clever's ids begin with the second in which they were made (observed). */
function timeIn(id: string): Date | undefined {
  return /^[0-9a-f]{24}$/u.test(id) ? new Date(Number.parseInt(id.slice(0, 8), 16) * 1_000) : undefined;
}

function isoOf(date: PlainDate | undefined): string | undefined {
  return date === undefined ? undefined : plainDateToString(date);
}

function yearId(district: string, year: number): string {
  return `${district}-schoolYear-${yearText(year)}`;
}

function titleOf(year: number): string {
  return `${yearText(year - 1)}-${yearText(year)}`;
}

function yearText(year: number): string {
  return String(year).padStart(4, '0');
}
