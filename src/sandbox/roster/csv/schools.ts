import type { AnyRecord } from '../records.js';
import { groupRows, TIMES, type Upload } from './upload.js';

/** The schools of an upload, and their ids by `School_id`. */
export interface Schools {
  readonly records: AnyRecord[];
  readonly ids: ReadonlyMap<string, string>;
}

/** Reads schools.csv. */
export function readSchools({ tables, ids, problems, district }: Upload): Schools {
  const table = tables['schools.csv'];
  const groups = [...groupRows(table, 'School_id').values()];
  const records = groups.map(({ key, first, rows }): AnyRecord => {
    for (const { line } of rows.slice(1)) {
      problems.add(
        { file: table.file, line, column: 'School_id' },
        `repeats the id of line ${first.line}; keep one of the rows.`,
      );
    }
    const cell = (column: Parameters<typeof table.cell>[1]): string => table.cell(first, column);
    return {
      id: ids.id('school', key),
      district,
      ...table.extensions(first),
      high_grade: cell('High_grade'),
      location: {
        address: cell('School_address'),
        city: cell('School_city'),
        state: cell('School_state'),
        zip: cell('School_zip'),
      },
      low_grade: cell('Low_grade'),
      name: cell('School_name'),
      phone: cell('School_phone'),
      principal: { email: cell('Principal_email'), name: cell('Principal') },
      school_number: cell('School_number'),
      sis_id: key,
      state_id: cell('State_id'),
      ...TIMES,
    };
  });
  return { records, ids: new Map(groups.map(({ key }) => [key, ids.id('school', key)])) };
}
