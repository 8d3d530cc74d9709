import type { UserRole } from '../../../index.js';
import { SENSITIVE_FIELDS } from '../../../values/index.js';

/** A schema of `clever-sdk/schemas`, as far as it says what members there are. */
export interface Described {
  readonly def: {
    readonly type: string;
    readonly innerType?: Described;
    readonly shape?: Readonly<Record<string, Described>>;
  };
}

/**
 * The columns of a kind of record: the paths of its documented members, joined by dots, in the order of the schema.
 * Lists and members that a district names itself (`ext`) are one column each.
 */
export function columnsOf(schema: Described, prefix = ''): string[] {
  const { shape } = unwrapped(schema).def;
  return shape === undefined
    ? [prefix]
    : Object.entries(shape).flatMap(([name, member]) => columnsOf(member, prefix === '' ? name : `${prefix}.${name}`));
}

/** The schema inside `optional` and `nullable`. */
function unwrapped(schema: Described): Described {
  return schema.def.innerType === undefined ? schema : unwrapped(schema.def.innerType);
}

const ROLE_COLUMN = /^roles\.([a-z_]+)\./u;
const SENSITIVE_COLUMN = new RegExp(`^roles\\.student\\.(${SENSITIVE_FIELDS.join('|')})(?:\\.|$)`, 'u');

/** Leaves out what a pull does not contain: roles and sensitive fields that were not asked for. */
export function narrowed(
  columns: readonly string[],
  role: UserRole | undefined,
  sensitive: 'all' | readonly string[],
): string[] {
  return columns.filter((column) => {
    const columnRole = ROLE_COLUMN.exec(column)?.[1];
    const field = SENSITIVE_COLUMN.exec(column)?.[1];
    const hasRole = role === undefined || columnRole === undefined || columnRole === role;
    return hasRole && (field === undefined || sensitive === 'all' || sensitive.includes(field));
  });
}
