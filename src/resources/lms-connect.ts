/**
 * What all calls of LMS Connect share: Clever asks the learning management system while the app waits, for up to a minute.
 *
 * Source: dev.clever.com/docs/core-concepts, dev.clever.com/docs/clever-lms-connect-api-errors.
 */
export const LMS_CONNECT = {
  defaultTimeoutMs: 60_000,
  advice: {
    400: 'Creating an assignment needs `title`, `description` and `due_date`, and `due_date` must lie in the future.',
    403:
      'LMS Connect does not take this token. It wants the district-app token of a Secure Sync connection for which Clever ' +
      'has switched LMS Connect on, in a district that has connected its learning management system: ' +
      'district.lms.check() says what is missing.',
    404:
      'There is no such section, assignment or student here, or the section is not matched with the learning management ' +
      'system: district.lms.check({ sectionId }) tells. Assignments cannot be listed, so store the id that create() gives.',
    405: 'LMS Connect does not offer this for the learning management system of this district.',
  },
} as const;
