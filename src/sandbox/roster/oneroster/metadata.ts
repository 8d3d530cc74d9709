import type { Cells } from '../../../oneroster-files/index.js';
import { SENSITIVE_FIELDS } from '../../../privacy/index.js';
import { cellOf } from './rows.js';

const PREFIX = 'metadata.clever.';
const DISABILITY = ['disability_status', 'disability_type', 'disability_code'] as const;

/** The sensitive fields of a student in the columns that an export of this package has for them. */
export function sensitiveMembers(cells: Cells): Readonly<Record<string, unknown>> {
  const fields = SENSITIVE_FIELDS.filter((field) => field !== 'disability');
  const disability = membersOf(cells, DISABILITY);
  return {
    ...membersOf(cells, fields),
    ...(Object.keys(disability).length === 0 ? {} : { disability }),
  };
}

function membersOf(cells: Cells, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.map((name) => [name, cellOf(cells, `${PREFIX}${name}`)] as const).filter(([, value]) => value !== ''),
  );
}

/** The extension fields in the columns that an export has for them. */
export function extensionMembers(cells: Cells): { readonly ext?: Readonly<Record<string, string>> } {
  const prefix = `${PREFIX}ext.`;
  const fields = Object.entries(cells)
    .filter(([name]) => name.startsWith(prefix))
    .map(([name, value]) => [name.slice(prefix.length), value] as const);
  return fields.length === 0 ? {} : { ext: Object.fromEntries(fields) };
}

/** `lms_status` in the column that an export has for it. */
export function lmsMembers(cells: Cells): { readonly lms_status?: { readonly synced_in_lms: boolean } } {
  const value = cellOf(cells, `${PREFIX}synced_in_lms`);
  return value === '' ? {} : { lms_status: { synced_in_lms: value === 'true' } };
}
