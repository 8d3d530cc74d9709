import { CleverConfigError } from '../errors/index.js';
import { SENSITIVE_FIELDS, type SensitiveField } from '../values/index.js';

/** Which sensitive student fields a client hands out: each by its name, or all of them. */
export type SensitiveFieldsOption = readonly SensitiveField[] | 'all';

/** The fields that {@link SensitiveFieldsOption} names, as a type. */
export type SensitiveFieldsIn<Option extends SensitiveFieldsOption> = Option extends readonly SensitiveField[]
  ? Option[number]
  : SensitiveField;

/** What a client without the option hands out. */
export const NO_SENSITIVE_FIELDS: ReadonlySet<SensitiveField> = new Set();

/**
 * Checks the option once.
 *
 * @param call - What the caller typed, for the message: `clever.district()`.
 * @returns The fields to hand out; frozen in effect, because nobody else holds the set.
 * @throws {@link CleverConfigError} when a name is not that of a sensitive field.
 */
export function resolveSensitiveFields(
  call: string,
  option: SensitiveFieldsOption | undefined,
): ReadonlySet<SensitiveField> {
  if (option === undefined) {
    return NO_SENSITIVE_FIELDS;
  }
  const named = option === 'all' ? SENSITIVE_FIELDS : option;
  if (!Array.isArray(named) || !named.every((field) => SENSITIVE_FIELDS.includes(field))) {
    throw new CleverConfigError(
      `${call}: \`sensitiveFields\` must be 'all' or a list of: ${SENSITIVE_FIELDS.join(', ')}.`,
    );
  }
  return new Set(named);
}

/** Which sensitive student fields a district client hands out. */
export interface SensitiveFieldsChoice<Option extends SensitiveFieldsOption> {
  /**
   * The sensitive student fields to hand out, each by its name; `'all'` is the loud way to have every one. Default: none. The
   * fields that are not named are removed from every record, event and error, and missing from the types.
   *
   * Asking is not enough: Clever and the district must have granted them to the app. `describeAccess(scopes)` explains.
   */
  readonly sensitiveFields?: Option;
}
