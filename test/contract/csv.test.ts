import { createSandbox } from 'clever-sdk/sandbox';
import { describe, expect, it } from 'vitest';
import { COLUMNS } from '../../src/sandbox/roster/csv/columns.js';
import { type Cells, load, SMALL } from '../sandbox/csv/upload.js';
import { ask } from '../sandbox/support.js';
import { referenceDir, skipReason } from '../support/reference.js';
import { ALLOWANCES } from './spec-allowances.js';
import { readSpec, SpecSchemas } from './spec-schemas.js';

const KINDS = ['districts', 'schools', 'courses', 'terms', 'sections', 'users'];

/** What an upload can do without: an empty word is in no list of API v3.1. */
const NOT_NEEDED = ['an unknown `home_language` is empty'];

const contact = { Contact_name: 'Noa Quill', Contact_type: 'Lives with', Contact_relationship: 'Neighbor' };

/** The rows of a file with every column, empty where the small district has no value. */
const widened = (file: keyof typeof COLUMNS, more: Cells = {}): readonly Cells[] =>
  (SMALL[file] ?? []).map((row) => ({
    ...Object.fromEntries(Object.keys(COLUMNS[file]).map((column) => [column, ''])),
    ...row,
    ...more,
  }));

const files = Object.keys(SMALL) as (keyof typeof COLUMNS)[];
const UPLOADS: readonly (readonly [string, Parameters<typeof load>[0]])[] = [
  ['the small district', {}],
  ['every column, most of them empty', Object.fromEntries(files.map((file) => [file, widened(file)]))],
  [
    'contacts, an office, and values that are left out',
    {
      'students.csv': widened('students.csv', {
        ...contact,
        Contact_phone_type: 'Daytime',
        Grade: '0',
        DOB: 'x',
        Race: 'H',
      }),
      'staff.csv': widened('staff.csv', { School_id: 'DEFAULT_DISTRICT_OFFICE', Staff_email: 'n/a', Role: 'stl' }),
      'schools.csv': widened('schools.csv', { Low_grade: 'PK-5', High_grade: '9-13', Nces_id: '360007700592' }),
      'sections.csv': widened('sections.csv', { Course_name: '', Term_start: '8/17/2026', Term_end: '6/4/2027' }),
    },
  ],
];

const title = 'every record of an upload against the official specifications';

describe.skipIf(referenceDir === undefined)(referenceDir === undefined ? `${title} (${skipReason})` : title, () => {
  describe.for(['v3.0', 'v3.1'] as const)('%s', (version) => {
    it.for(UPLOADS)('fits: %s', async ([, changes]) => {
      const sandbox = createSandbox({
        districts: [await load(changes, { onProblem: 'skip', sensitiveFields: 'all' })],
      });
      const allowances = ALLOWANCES.filter(
        ({ name, version: only = version }) => only === version && !NOT_NEEDED.includes(name),
      );
      // The other files lack the grade point averages.
      const spec = readSpec(`${version}-client.yml`);
      const schemas = new SpecSchemas(spec, allowances);
      for (const kind of KINDS) {
        const operation = spec.operations.find(({ method, path }) => method === 'get' && path === `/${kind}`);
        const { body } = await ask(sandbox, `/${version}/${kind}`);
        expect(body.data.length).toBeGreaterThan(kind === 'courses' || kind === 'terms' ? -1 : 0);
        expect(operation && schemas.problems(operation, 200, body)).toEqual([]);
      }
    });
  });
});
