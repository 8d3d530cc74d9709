/** A page of each kind, from the site's root. */
export const PAGES: readonly string[] = [
  '',
  'start/single-sign-on',
  'choose',
  'guides/values',
  'errors/rate_limit',
  'reference/CleverOAuth',
  'try',
  'supported',
  'questions',
];
