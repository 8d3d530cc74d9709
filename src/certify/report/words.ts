import type { Suite, Verdict } from '../verdict.js';

/** What a verdict is called, and means, wherever a person reads it. */
export interface VerdictWords {
  /** One character, for terminals. */
  readonly mark: string;
  readonly label: string;
  /** The same in a sentence about several: `3 failed`. */
  readonly counted: string;
  readonly meaning: string;
}

/** In the order in which a reader needs them. */
export const VERDICT_WORDS: Readonly<Record<Verdict, VerdictWords>> = {
  fail: {
    mark: '✖',
    label: 'Fail',
    counted: 'failed',
    meaning:
      'The app does not do what Clever asks for, or a person could be harmed. Clever would send the app back. Repair it first.',
  },
  warn: {
    mark: '!',
    label: 'Warn',
    counted: 'with a warning',
    meaning: 'The app does not do what Clever recommends. Certification is possible, and questions are likely.',
  },
  review: {
    mark: '?',
    label: 'Review',
    counted: 'for a person',
    meaning: 'A program cannot decide this. A person looks and answers the question.',
  },
  pass: {
    mark: '✔',
    label: 'Pass',
    counted: 'passed',
    meaning: 'The app did what Clever asks for, as far as this probe tries it.',
  },
  skipped: {
    mark: '-',
    label: 'Skipped',
    counted: 'skipped',
    meaning:
      'Nothing was tried: an option is missing, or an earlier probe failed. It says nothing about the app, good or bad.',
  },
};

/** Every verdict, in the order in which a reader needs them. */
export const VERDICTS = Object.keys(VERDICT_WORDS) as readonly Verdict[];

/** What a suite is called, and tries. */
export const SUITE_WORDS: Readonly<Record<Suite, { readonly title: string; readonly about: string }>> = {
  sso: {
    title: 'Single sign-on',
    about: 'People log in from the portal, by links and by the button; logins go wrong; devices are shared.',
  },
  library: {
    title: 'Clever Library',
    about: 'Teachers install the app by themselves, and their students follow.',
  },
  sync: {
    title: 'Secure Sync',
    about: 'The roster of a district changes, pauses, fails and comes back, and the app has to follow.',
  },
  lms: {
    title: 'LMS Connect',
    about: "The app creates, changes and deletes assignments in a district's learning management system.",
  },
};
