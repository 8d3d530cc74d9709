import type { KnownGender } from '../demographics.js';
import { lookup } from '../lookup.js';

/**
 * Clever's genders with their CEDS codes. `X` has none: CEDS's third code, `NotSelected`, means that no
 * answer was given, not a different answer.
 *
 * CEDS element: Sex, global id 000255 (ceds.ed.gov/element/000255). Source: the element from the published CEDS
 * Integration Data Store. Inferred: that Clever's `gender` corresponds to it.
 */
export const CEDS_SEXES = { M: 'Male', F: 'Female' } as const satisfies Readonly<Partial<Record<KnownGender, string>>>;

/** The CEDS code of a sex: Sex, 000255. */
export type CedsSex = (typeof CEDS_SEXES)[keyof typeof CEDS_SEXES];

const byGender = /* @__PURE__ */ lookup(() => [
  ['M', CEDS_SEXES.M],
  ['F', CEDS_SEXES.F],
]);
const byCode = /* @__PURE__ */ lookup<keyof typeof CEDS_SEXES>(() => [
  [CEDS_SEXES.M, 'M'],
  [CEDS_SEXES.F, 'F'],
]);

/**
 * Returns the CEDS code of a gender: Sex, 000255. Source: see {@link CEDS_SEXES}.
 *
 * @param gender - A student's `gender`, in any case.
 * @returns The code; `undefined` for `X` and any other value.
 *
 * @example
 * ```ts
 * import { toCedsSex } from 'clever-sdk/values';
 *
 * toCedsSex('F'); // 'Female'
 * toCedsSex('X'); // undefined
 * ```
 */
export function toCedsSex(gender: unknown): CedsSex | undefined {
  return byGender(gender);
}

/**
 * Returns the gender of a CEDS code, the inverse of {@link toCedsSex}.
 *
 * @param code - A code of Sex, 000255, in any case.
 * @returns `M` or `F`; `undefined` for `NotSelected` and any other value.
 */
export function fromCedsSex(code: unknown): keyof typeof CEDS_SEXES | undefined {
  return byCode(code);
}
