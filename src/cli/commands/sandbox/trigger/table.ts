/** An option of a trigger: its flags, its description, and what its value is. */
interface TriggerOption {
  readonly flags: string;
  readonly description: string;
  readonly is?: 'list' | 'duration' | 'sync';
}

/** A trigger as the command line shows it. What it does is the sandbox's. */
export interface TriggerEntry {
  readonly about: string;
  readonly options: readonly TriggerOption[];
  /** What has happened, before "in <district>"; `now` is the time in the sandbox. */
  readonly done: string;
  /** What to say in its place when everything was like that before. */
  readonly same?: string;
  /** Whether it applies to the sandbox as a whole. */
  readonly isOfSandbox?: boolean;
  /** A shorter name. */
  readonly alias?: string;
}

const STUDENT = { flags: '--student <id>', description: 'id or e-mail address of the student' } as const;
const TEACHER = { flags: '--teacher <id>', description: 'id or e-mail address of the teacher' } as const;
const SECTION = { flags: '--section <id>', description: 'id of the section' } as const;
const SCHOOL = { flags: '--school <id>', description: 'id or name of the school' } as const;
const SYNC = { flags: '--sync <sync>', is: 'sync' } as const;

/** All triggers, by name. */
export const TRIGGERS: Readonly<Record<string, TriggerEntry>> = {
  enroll: { about: 'Add a student to a section', options: [STUDENT, SECTION], done: 'A student joined a section' },
  unenroll: {
    about: 'Remove a student from a section',
    options: [STUDENT, SECTION],
    done: 'A student left a section',
  },
  transfer: {
    about: 'Move a student to another school',
    options: [
      STUDENT,
      SCHOOL,
      { flags: '--sections <ids>', description: 'sections that the student joins there, with commas', is: 'list' },
    ],
    done: 'A student moved to another school',
  },
  rename: {
    about: 'Rename a person',
    options: [
      { flags: '--user <id>', description: 'id or e-mail address of the person' },
      { flags: '--first <name>', description: 'the new first name' },
      { flags: '--middle <name>', description: 'the new middle name' },
      { flags: '--last <name>', description: 'the new last name' },
    ],
    done: 'A person got another name',
  },
  'add-teacher': {
    about: 'Add a co-teacher to a section',
    options: [TEACHER, SECTION],
    done: 'A co-teacher joined a section',
  },
  'remove-teacher': {
    about: 'Remove a co-teacher from a section',
    options: [TEACHER, SECTION],
    done: 'A co-teacher left a section',
  },
  'replace-primary-teacher': {
    about: 'Give a section another primary teacher',
    options: [TEACHER, SECTION, { flags: '--keep-previous', description: 'the previous one stays as a co-teacher' }],
    done: 'A section got another primary teacher',
  },
  'dissolve-section': { about: 'End a section', options: [SECTION], done: 'A section ended' },
  'add-student': {
    about: 'Add a new student',
    options: [
      SCHOOL,
      { flags: '--grade <grade>', description: "grade in Clever's spelling (default: 5)" },
      { flags: '--first <name>', description: 'first name' },
      { flags: '--last <name>', description: 'last name' },
    ],
    done: 'A student arrived',
  },
  'remove-student': { about: 'Remove a student', options: [STUDENT], done: 'A student left' },
  'recreate-contact': {
    about: 'Give a contact without a SIS id a new id, as every change of such a contact does',
    options: [{ flags: '--contact <id>', description: 'id or e-mail address of the contact' }],
    done: 'A contact got a new id',
  },
  'school-year': { about: 'Begin a new school year', options: [], done: 'A new school year began' },
  'unshare-school': {
    about: 'Stop sharing a school with the app',
    options: [SCHOOL],
    done: 'A school is no longer shared with the app',
    alias: 'unshare',
  },
  'share-school': {
    about: 'Share a school with the app again',
    options: [SCHOOL],
    done: 'A school is shared with the app again',
    alias: 'share',
  },
  pause: {
    about: 'Pause a sync: the app keeps what it saw last',
    options: [
      { ...SYNC, description: 'sis: from the district to Clever; app: from Clever to the app (default: sis)' },
      {
        flags: '--for <time>',
        description: 'when it ends by itself, by the clock of the sandbox (default: never)',
        is: 'duration',
      },
    ],
    done: 'The sync is paused',
    same: 'This sync was paused before',
  },
  resume: {
    about: 'End a pause: what changed meanwhile arrives',
    options: [{ ...SYNC, description: 'sis or app (default: all that are paused)' }],
    done: 'The pause ended',
    same: 'Nothing was paused',
  },
  disconnect: {
    about: 'Disconnect the app from a district: its token stops working',
    options: [],
    done: 'The app is disconnected',
    same: 'The app was not connected',
  },
  connect: {
    about: 'Connect the app to a district, with a new token',
    options: [],
    done: 'The app is connected',
    same: 'The app was connected before',
  },
  'rotate-token': { about: 'Replace the token of a district', options: [], done: 'The token was replaced' },
  advance: {
    about: 'Set the clock of the sandbox forward',
    options: [],
    done: 'The clock was set forward',
    isOfSandbox: true,
  },
  reset: {
    about: 'Restore the initial state: rosters, tokens, sessions, faults and the clock',
    options: [],
    done: 'The sandbox is in its initial state',
    isOfSandbox: true,
  },
};
