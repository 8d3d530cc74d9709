import type { DataFile, InspectedRow, OneRosterInput, OneRosterProblem } from '../../../oneroster-files/index.js';
import { assertKnownKeys } from '../checks.js';
import { UploadIds } from '../csv/upload-ids.js';
import { SandboxError } from '../error.js';
import { type DistrictRecords, type DistrictSourceOptions, SOURCE_KEYS } from '../sources.js';
import { uploadedDistrict } from '../uploaded-district.js';
import { readClasses } from './classes.js';
import { readPlaces } from './orgs.js';
import { readPeople } from './people.js';
import { inOrder, OneRosterFilesError } from './problems.js';
import { cellOf, idOf, OneRosterRows } from './rows.js';

/** Options of {@link districtFromOneRoster}. */
export interface OneRosterOptions extends DistrictSourceOptions {
  /** Name of the district. Default: that of the org of type `district`, else `'OneRoster District'`. */
  readonly name?: string;
  /**
   * What to do when something in the files is wrong. `'throw'`, the default, loads nothing and throws a
   * {@link OneRosterFilesError}: for tests, where a mistake must not be missed. `'skip'` loads what is right and leaves
   * out the rest, which {@link OneRosterDistrict.problems} lists: for the files of a real district.
   */
  readonly onProblem?: 'throw' | 'skip';
}

/** A district made from OneRoster files: its records, and what was left out. */
export interface OneRosterDistrict extends DistrictRecords {
  /** Everything that was left out, and why, ordered by file and line. */
  readonly problems: readonly OneRosterProblem[];
}

/**
 * Makes a district from OneRoster CSV files, version 1.1 or 1.2: an export of a student information system, or one of
 * `exportOneRoster()` of `clever-sdk/oneroster`.
 *
 * Records have the form that Clever's API shows. An id that has the form of Clever's ids is kept; others are made from
 * the district and the `sourcedId`, so files that are edited and loaded again keep them. Orgs of the type `school`
 * become schools, terms and semesters become terms, guardians, parents and relatives become contacts, administrators
 * become staff. Classes without a teacher or without students, and people without a role or a school, are left out.
 * What Clever's own importer makes of such files is not documented; the mapping is our reading of it, and
 * `validateOneRoster()` says what the importer was seen to refuse.
 *
 * All problems are reported together, by file, line and column, and then nothing is loaded, unless `onProblem` is
 * `'skip'`. A row that is left out is a problem, too; such rows are reported when the files have no other problem.
 * Files are read a piece at a time; a zip file is never unpacked to disk. Delta files are refused, because they are no
 * whole district.
 *
 * @param source - Path of a zip file or a folder, the bytes of a zip file, or the files by name (Node, Bun, Deno).
 * @returns A source for `districts` of {@link createSandbox}, and the list of what was left out.
 * @throws {@link OneRosterFilesError} listing everything that is wrong with the files, without any of their values;
 * with `onProblem: 'skip'`, only when nothing can be loaded.
 * @throws {@link SandboxError} for a path that does not exist and for wrong options.
 *
 * @example
 * ```ts
 * import { createSandbox, districtFromOneRoster } from 'clever-sdk/sandbox';
 *
 * const district = await districtFromOneRoster('./OneRoster.zip', { onProblem: 'skip' });
 * console.log(district.problems); // what was left out, by file, line and column
 * const sandbox = createSandbox({ districts: [district] });
 * ```
 */
export async function districtFromOneRoster(
  source: OneRosterInput,
  options: OneRosterOptions = {},
): Promise<OneRosterDistrict> {
  const { name, onProblem = 'throw', ...shared } = options;
  assertKnownKeys('districtFromOneRoster()', options, ['name', 'onProblem', ...SOURCE_KEYS]);
  if (name !== undefined && (typeof name !== 'string' || name.trim() === '')) {
    throw new SandboxError('The `name` of a district must be text.');
  }
  if (onProblem !== 'throw' && onProblem !== 'skip') {
    throw new SandboxError("`onProblem` must be 'throw' (the default) or 'skip'.");
  }
  const { files, problems, refusals, version, rows: found } = await readFiles(source);
  const { DATA_FILES, problemText } = files;
  if (refusals.length > 0 || (onProblem === 'throw' && problems.length > 0)) {
    throw new OneRosterFilesError(inOrder(refusals.length > 0 ? refusals : problems, DATA_FILES), problemText);
  }
  const org = found.get('orgs')?.find(({ cells }) => cellOf(cells, 'type') === 'district')?.cells ?? {};
  const called = name ?? (cellOf(org, 'name') || 'OneRoster District');
  const ids = new UploadIds(called);
  const sourcedId = cellOf(org, 'sourcedId');
  const district = sourcedId === '' ? ids.id('district', '') : idOf(ids, 'district', sourcedId);
  const rows = new OneRosterRows(version, found, { ids, district });
  const places = readPlaces(rows);
  const people = readPeople(rows, places);
  const classes = readClasses(rows, places, people);
  if (onProblem === 'throw' && rows.problems.length > 0) {
    throw new OneRosterFilesError(inOrder(rows.problems, DATA_FILES), problemText);
  }
  const identifier = cellOf(org, 'identifier');
  return {
    district: { ...uploadedDistrict(district, called), ...(identifier === '' ? {} : { nces_id: identifier }) },
    schools: places.schools,
    terms: places.terms,
    courses: classes.courses,
    sections: classes.sections,
    users: people.records,
    ...shared,
    credentials: shared.credentials ?? 'random',
    problems: inOrder([...problems, ...rows.problems], DATA_FILES),
  };
}

/** Reads the files and collects what is wrong with them. */
async function readFiles(source: OneRosterInput) {
  // Loaded here because only such files need a parser and an unpacker.
  const files = await import('../../../oneroster-files/index.js');
  const problems: OneRosterProblem[] = [];
  const refusals: OneRosterProblem[] = [];
  const rows = new Map<DataFile, InspectedRow[]>();
  const refuse = (file: string, message: string): void => {
    refusals.push({ severity: 'error', rule: 'archive', file, message });
  };
  const archive = await files.openArchive(source).catch((error: unknown) => {
    if (!(error instanceof files.ArchiveError)) {
      throw error;
    }
    if (!error.isContent) {
      throw new SandboxError(`districtFromOneRoster(): ${error.message}`);
    }
    refuse('archive', error.message);
    return undefined;
  });
  if (archive === undefined) {
    return { files, problems, refusals, rows, version: '1.1' as const };
  }
  try {
    const { version, modes } = await files.inspect(archive, {
      today: new Date().toISOString().slice(0, 10),
      report: (problem) => {
        if (problem.severity === 'error') {
          problems.push(problem);
        }
      },
      onRow: (row) => {
        const known = rows.get(row.file) ?? [];
        rows.set(row.file, known);
        known.push(row);
      },
    });
    for (const [file] of [...modes].filter(([, mode]) => mode === 'delta')) {
      refuse(`${file}.csv`, 'is a delta file, which has only what has changed; load a bulk export.');
    }
    for (const file of (['orgs', 'users'] as const).filter((needed) => !rows.has(needed))) {
      refuse(`${file}.csv`, 'has no row that could be loaded; a district needs some.');
    }
    // What else is wrong says why.
    return { files, problems, refusals: refusals.length === 0 ? [] : [...problems, ...refusals], rows, version };
  } finally {
    await archive.close();
  }
}
