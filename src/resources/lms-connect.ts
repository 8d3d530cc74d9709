/**
 * What all calls of LMS Connect share: Clever asks the learning management system while the app waits, for up to a minute.
 *
 * Source: dev.clever.com/docs/core-concepts, dev.clever.com/docs/clever-lms-connect-api-errors.
 */
export const LMS_CONNECT = {
  defaultTimeoutMs: 60_000,
  advice: 'lmsConnect',
} as const;
