import type { Requirement } from './requirement.js';

const GUIDE = 'dev.clever.com/docs/lms-connect-certification-guide';
const TESTING = 'dev.clever.com/docs/testing-your-lms-connect-integration';

/** What Clever asks of an app that writes to learning management systems. */
export const LMS: readonly Requirement[] = [
  {
    id: 'lms.ready-districts',
    suite: 'lms',
    title: 'Writes where it can',
    requirement:
      'The app creates assignments in districts whose `lms_state` is `success`, in sections that are synced with the LMS, and nowhere else.',
    source: `${GUIDE}, dev.clever.com/docs/api-reference`,
    advice:
      'Read `lms_state` of the district and `lms_status.synced_in_lms` of the section before you offer a teacher to write.',
    by: 'probe',
  },
  {
    id: 'lms.patch-only',
    suite: 'lms',
    title: 'Changes by PATCH',
    requirement: 'An assignment is changed by PATCH; creating it again would give students two.',
    source: `${TESTING}, specification of v3.1`,
    advice: 'Change an assignment by `district.assignments.update()`.',
    by: 'probe',
  },
  {
    id: 'lms.keeps-ids',
    suite: 'lms',
    title: 'Keeps the ids of assignments',
    requirement: 'Assignments cannot be listed, so the app stores the id that Clever returns for each one.',
    source: 'dev.clever.com/docs/core-concepts',
    advice:
      'Store `id` of what `district.assignments.create()` returns, in the transaction that makes your own record.',
    by: 'probe',
  },
  {
    id: 'lms.deletes',
    suite: 'lms',
    title: 'Deletes assignments',
    requirement: 'An assignment that is deleted in the app is deleted in the LMS.',
    source: TESTING,
    advice: 'Call `district.assignments.delete()` with the stored id.',
    by: 'probe',
  },
  {
    id: 'lms.refusals',
    suite: 'lms',
    title: 'Copes with refusals',
    requirement:
      'An LMS may refuse a write that Clever has accepted, and answer 500 for a student who has never opened it. The app ends that one write, does not repeat a refused one, and goes on with the next.',
    source: 'dev.clever.com/docs/clever-lms-connect-api-errors',
    advice:
      'Catch `CleverApiError` for each write, show its message to the teacher, and repeat nothing that was answered with 4xx.',
    by: 'probe',
  },
  {
    id: 'lms.slow-answers',
    suite: 'lms',
    title: 'Waits for slow answers',
    requirement:
      'An LMS may need up to 60 seconds for an answer. The app waits, and does not create the assignment a second time.',
    source: 'dev.clever.com/docs/core-concepts',
    advice:
      'Write by `district.assignments`, which waits for 60 seconds unless `timeoutMs` is given, and repeats no write.',
    by: 'probe',
  },
  {
    id: 'lms.lti',
    suite: 'lms',
    title: 'LTI 1.3 launch',
    requirement: 'Where the app is opened from the LMS, it is launched by LTI 1.3.',
    source: GUIDE,
    advice: 'Try the launch with the reference implementation of 1EdTech: lti-ri.imsglobal.org.',
    by: 'person',
    question:
      'Is the app launched from the LMS by LTI 1.3, and did a launch from the reference implementation succeed?',
  },
];
