/**
 * Reads an HTTP date, in Unix milliseconds. `Date.parse` makes a date of almost anything, so only what names a weekday and
 * ends in GMT is given to it.
 *
 * Source: RFC 9110 section 5.6.7.
 */
export function httpDateMs(text: string | null): number | undefined {
  const isHttpDate = text !== null && /^[A-Z][a-z]{2,8},? .{1,30} GMT$/u.test(text);
  const ms = isHttpDate ? Date.parse(text) : Number.NaN;
  return Number.isNaN(ms) ? undefined : ms;
}
