import { CleverConfigError } from '../../index.js';
import { METADATA } from '../../oneroster-files/index.js';
import type { SensitiveField } from '../../values/index.js';
import type { Losses } from './losses.js';
import { isBlank, memberOf } from './members.js';

/** A column of one's own. */
export interface MetadataColumn {
  /** Its name: `metadata.clever.frl_status`. */
  readonly name: string;
  /** The files that have it. */
  readonly files: readonly ('orgs' | 'classes' | 'users')[];
  /** The members of a record that it may come from; the first that has a value counts. */
  readonly paths: readonly (readonly string[])[];
}

const PREFIX = `${METADATA}clever.`;
const ROLES_WITH_EXTENSIONS = ['student', 'teacher', 'staff'] as const;
const DISABILITY = ['disability_status', 'disability_type', 'disability_code'] as const;

/** A member that an export carries on request: `lms_status`, or an extension field by its name, `ext.classroom`. */
export type OneRosterMetadata = 'lms_status' | `ext.${string}`;

/**
 * Returns the columns for the members that were asked for.
 *
 * @throws `CleverConfigError` for a member that cannot be asked for.
 */
export function metadataColumns(
  sensitive: ReadonlySet<SensitiveField>,
  metadata: readonly OneRosterMetadata[],
): readonly MetadataColumn[] {
  return [...[...sensitive].flatMap(sensitiveColumns), ...[...new Set(metadata)].map(columnOf)];
}

/** The paths of the members that the columns carry, as they are in records. */
export function carriedPaths(
  sensitive: ReadonlySet<SensitiveField>,
  metadata: readonly OneRosterMetadata[],
): ReadonlySet<string> {
  return new Set([...[...sensitive].map((field) => `roles.student.${field}`), ...metadata]);
}

function sensitiveColumns(field: SensitiveField): MetadataColumn[] {
  const path = ['roles', 'student', field];
  return field === 'disability'
    ? DISABILITY.map((name) => ({ name: `${PREFIX}${name}`, files: ['users'], paths: [[...path, name]] }))
    : [{ name: `${PREFIX}${field}`, files: ['users'], paths: [path] }];
}

function columnOf(member: OneRosterMetadata): MetadataColumn {
  if (member === 'lms_status') {
    const paths = [['lms_status', 'synced_in_lms']];
    return { name: `${PREFIX}synced_in_lms`, files: ['classes', 'users'], paths };
  }
  const field = /^ext\.(?<field>[\w .-]{1,100})$/u.exec(String(member))?.groups?.['field'];
  if (field === undefined) {
    throw new CleverConfigError(
      "exportOneRoster(): `metadata` must be a list of 'lms_status' and extension fields, such as 'ext.classroom'.",
    );
  }
  return {
    name: `${PREFIX}ext.${field}`,
    files: ['orgs', 'classes', 'users'],
    paths: [['ext', field], ...ROLES_WITH_EXTENSIONS.map((role) => ['roles', role, 'ext', field])],
  };
}

/** The cells of a record in columns of one's own. Reports what a column cannot have, or has no room for. */
export function metadataCells(
  file: MetadataColumn['files'][number],
  record: object,
  { metadata, losses }: { readonly metadata: readonly MetadataColumn[]; readonly losses: Losses },
): Record<string, string> {
  const cells: Record<string, string> = {};
  for (const { name, paths } of metadata.filter(({ files }) => files.includes(file))) {
    const values = paths.map((path) => memberOf(record, ...path)).filter((value) => !isBlank(value));
    const [text, ...others] = new Set(values.filter(isScalar).map(String));
    if (text !== undefined) {
      cells[name] = text;
    }
    if (others.length > 0) {
      losses.add('choice', "the first role's value of people with several", file, name);
    }
    if (!values.every(isScalar)) {
      losses.add('left_out', 'values that are neither text, number, true nor false', file, name);
    }
  }
  return cells;
}

function isScalar(value: unknown): value is string | boolean | number {
  return ['string', 'boolean', 'number'].includes(typeof value);
}
