import type { AnyRecord } from '../records.js';
import { TIMES } from '../uploaded-district.js';
import { groupRows, type Upload } from './upload.js';

/** The schools of an upload, and their ids by `School_id`. */
export interface Schools {
  readonly records: AnyRecord[];
  readonly ids: ReadonlyMap<string, string>;
  /** The same for staff, who may also be filed under the district office. */
  readonly idsForStaff: ReadonlyMap<string, string>;
}

/**
 * What staff.csv has in place of a `School_id` for people of the district's own office, and the name of the school
 * that Clever makes for them. Source: SFTP instructions 2.1.1. The other members of the record, and that it exists only
 * when someone is filed under it, are inferred.
 */
const DISTRICT_OFFICE = 'DEFAULT_DISTRICT_OFFICE';
const DISTRICT_OFFICE_NAME = 'Default District Office (Auto-generated)';

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
      ...(table.has('Nces_id') ? { nces_id: cell('Nces_id') } : {}),
      ...(table.has('Mdr_number') ? { mdr_number: cell('Mdr_number') } : {}),
      school_number: cell('School_number'),
      sis_id: key,
      state_id: cell('State_id'),
      ...TIMES,
    };
  });
  const known = new Map(groups.map(({ key }) => [key, ids.id('school', key)]));
  const staff = tables['staff.csv'];
  const needsOffice =
    !known.has(DISTRICT_OFFICE) && staff.rows.some((row) => staff.cell(row, 'School_id') === DISTRICT_OFFICE);
  if (!needsOffice) {
    return { records, ids: known, idsForStaff: known };
  }
  const office = ids.id('school', DISTRICT_OFFICE);
  return {
    records: [...records, districtOffice(office, district)],
    ids: known,
    idsForStaff: new Map([...known, [DISTRICT_OFFICE, office]]),
  };
}

function districtOffice(id: string, district: string): AnyRecord {
  return {
    id,
    district,
    high_grade: '',
    location: { address: '', city: '', state: '', zip: '' },
    low_grade: '',
    name: DISTRICT_OFFICE_NAME,
    phone: '',
    principal: { email: '', name: '' },
    school_number: '',
    sis_id: DISTRICT_OFFICE,
    state_id: '',
    ...TIMES,
  };
}
