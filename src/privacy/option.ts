import { SENSITIVE_FIELDS, type SensitiveField } from './sensitive-fields.js';

/** Which sensitive student fields a client hands out: each by its name, or all of them. */
export type SensitiveFieldsOption = readonly SensitiveField[] | 'all';

/** The fields that {@link SensitiveFieldsOption} names, as a type. */
export type SensitiveFieldsIn<Option extends SensitiveFieldsOption> = Option extends readonly SensitiveField[]
  ? Option[number]
  : SensitiveField;

/** Which sensitive student fields a district client hands out. */
export interface SensitiveFieldsChoice<Option extends SensitiveFieldsOption> {
  /**
   * The sensitive student fields to hand out, each by its name; `'all'` is the loud way to have every one. Default: none.
   * The fields that are not named are removed from every record, event and error, and missing from the types.
   *
   * Asking is not enough: Clever and the district must have granted them to the app. `describeAccess(scopes)` explains.
   */
  readonly sensitiveFields?: Option;
}

/** What a client without the option hands out. */
export const NO_SENSITIVE_FIELDS: ReadonlySet<SensitiveField> = new Set();

/**
 * The fields that the option names. The caller reports a wrong option with an error of its own.
 *
 * @returns `undefined` when the option is neither `'all'` nor a list of sensitive fields.
 */
export function sensitiveFieldsIn(option: SensitiveFieldsOption): ReadonlySet<SensitiveField> | undefined {
  const named: readonly SensitiveField[] = option === 'all' ? SENSITIVE_FIELDS : option;
  return Array.isArray(named) && named.every((field) => SENSITIVE_FIELDS.includes(field)) ? new Set(named) : undefined;
}
