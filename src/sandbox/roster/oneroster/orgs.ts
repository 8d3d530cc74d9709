import { parseTermDate, plainDateToString } from '../../../values/index.js';
import type { AnyRecord } from '../records.js';
import { TIMES } from '../uploaded-district.js';
import { extensionMembers } from './metadata.js';
import { cellOf, type OneRosterRows } from './rows.js';

/** The records that orgs and sessions become, and their ids by `sourcedId`. */
export interface Places {
  readonly schools: readonly AnyRecord[];
  readonly schoolIds: ReadonlyMap<string, string>;
  readonly terms: readonly AnyRecord[];
  readonly termIds: ReadonlyMap<string, string>;
}

/**
 * Reads orgs and academic sessions. Only orgs of the type `school` become schools. Terms, semesters and grading periods
 * become terms; school years do not, because Clever has none.
 */
export function readPlaces(rows: OneRosterRows): Places {
  const [schoolIds, termIds] = [new Map<string, string>(), new Map<string, string>()];
  const schools = rows
    .of('orgs')
    .filter(({ cells }) => cellOf(cells, 'type') === 'school')
    .map(({ cells }): AnyRecord => {
      const sourcedId = cellOf(cells, 'sourcedId');
      const id = rows.id('school', sourcedId);
      schoolIds.set(sourcedId, id);
      return {
        id,
        district: rows.district,
        ...extensionMembers(cells),
        name: cellOf(cells, 'name'),
        school_number: cellOf(cells, 'identifier'),
        sis_id: sourcedId,
        ...TIMES,
      };
    });
  const terms = rows
    .of('academicSessions')
    .filter(({ cells }) => ['term', 'semester', 'gradingPeriod'].includes(cellOf(cells, 'type')))
    .map(({ cells }): AnyRecord => {
      const sourcedId = cellOf(cells, 'sourcedId');
      const id = rows.id('term', sourcedId);
      termIds.set(sourcedId, id);
      return {
        id,
        district: rows.district,
        name: cellOf(cells, 'title'),
        ...dateMember('start_date', cellOf(cells, 'startDate')),
        ...dateMember('end_date', cellOf(cells, 'endDate')),
      };
    });
  return { schools, schoolIds, terms, termIds };
}

function dateMember(name: string, text: string): Readonly<Record<string, string>> {
  const date = parseTermDate(text);
  return date === undefined ? {} : { [name]: plainDateToString(date) };
}
