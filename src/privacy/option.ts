import { SENSITIVE_FIELDS, type SensitiveField } from './sensitive-fields.js';

/** The sensitive student fields that a client returns: a list of names, or all. */
export type SensitiveFieldsOption = readonly SensitiveField[] | 'all';

/** The fields that {@link SensitiveFieldsOption} names, as a type. */
export type SensitiveFieldsIn<Option extends SensitiveFieldsOption> = Option extends readonly SensitiveField[]
  ? Option[number]
  : SensitiveField;

/** The choice of sensitive student fields for a district client. */
export interface SensitiveFieldsChoice<Option extends SensitiveFieldsOption> {
  /**
   * The sensitive student fields to return, each by its name, or `'all'` for every field. Default: none.
   * Fields that are not named are removed from every record, event and error, and are missing from the
   * types.
   *
   * Naming a field is not enough: Clever and the district must also have granted it to the app.
   * `describeAccess(scopes)` explains this.
   */
  readonly sensitiveFields?: Option;
}

/** The sensitive fields that a client without the option returns. */
export const NO_SENSITIVE_FIELDS: ReadonlySet<SensitiveField> = new Set();

/**
 * Returns the fields that the option names. The caller reports an invalid option.
 *
 * @returns `undefined` when the option is neither `'all'` nor a list of sensitive fields.
 */
export function sensitiveFieldsIn(option: SensitiveFieldsOption): ReadonlySet<SensitiveField> | undefined {
  const named: readonly SensitiveField[] = option === 'all' ? SENSITIVE_FIELDS : option;
  return Array.isArray(named) && named.every((field) => SENSITIVE_FIELDS.includes(field)) ? new Set(named) : undefined;
}
