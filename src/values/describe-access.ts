import { SENSITIVE_FIELDS, type SensitiveField } from '../privacy/sensitive-fields.js';
import { groupBy } from '../util/group-by.js';
import {
  type AccessLevel,
  type AccessSubject,
  FIELDS_BY_ACCESS,
  meaningOfScope,
  type ScopeMeaning,
  SECURE_SYNC_SUBJECTS,
  scopeOfSensitiveField,
  sensitiveFieldOfScope,
} from './scopes.js';

/** The access of a token to one kind of record. */
export interface VisibleRecords {
  /** The kind of record, as Clever's scopes name it; staff are `school_admins`. */
  readonly subject: AccessSubject;
  /** `full` with Secure Sync, `basic` with single sign-on, `limited` with the Clever Library. */
  readonly level: AccessLevel;
  /** Paths in the records. The district may share fewer fields, which it chooses in the dashboard's *Data Access*. */
  readonly fields: readonly string[];
}

/** Something that a token has no access to, and how to get it. */
export interface MissingAccess {
  /** A kind of record, or the path of a sensitive student field. */
  readonly what: AccessSubject | `roles.student.${SensitiveField}`;
  /** The scope that gives access to it. */
  readonly scope: string;
  /** Who to ask, in order. */
  readonly ask: readonly string[];
}

/** The result of {@link describeAccess}. */
export interface AccessDescription {
  readonly visible: readonly VisibleRecords[];
  /**
   * The sensitive student fields that the scopes give access to, for students that are shared in full. They
   * must also be requested from the client by name: `sensitiveFields`.
   */
  readonly sensitiveFields: readonly SensitiveField[];
  /**
   * What the token has no access to. Resources, LMS Connect and attendance are omitted, because few apps
   * have them.
   */
  readonly missing: readonly MissingAccess[];
  /** Scopes whose meaning is unknown, as passed. Clever has no complete list. */
  readonly unknownScopes: readonly string[];
  /** A description for people, in several lines. */
  readonly text: string;
}

const ASK_SECURE_SYNC = [
  'Clever: Secure Sync for the app, by an agreement with Clever (dev.clever.com/docs/classroom-vs-district)',
  "the district: share this kind of record with the app (the dashboard's Data Access)",
] as const;

const ASK_SENSITIVE = [
  'Clever: an extra scope for the app, by request to Clever (dev.clever.com/docs/classroom-vs-district)',
  'the district: share the field with the app, after Clever has granted the scope',
] as const;

const LEVELS: readonly AccessLevel[] = ['full', 'basic', 'limited'];

/**
 * Explains what a token with these scopes can see, what it cannot see, and who to ask for the rest.
 *
 * Pure: sends nothing. Scopes come from `clever.oauth.tokenInfo(token).scopes` for a person's token and
 * from `clever.oauth.districtTokens()` for districts' tokens. The meaning of scopes is inferred from their
 * names and from the products that have them, because Clever does not document it; which scopes exist was
 * observed. Courses, terms and events have no scopes of their own; they are part of Secure Sync.
 *
 * @param scopes - In any order; duplicates, and what is not text, are ignored.
 *
 * @example
 * ```ts
 * import { describeAccess } from 'clever-sdk';
 *
 * const access = describeAccess(['read:students', 'read:ell_status']);
 * access.sensitiveFields; // ['ell_status']
 * access.missing.find(({ what }) => what === 'roles.student.frl_status')?.ask; // Clever first, then the district
 * console.log(access.text);
 * ```
 */
export function describeAccess(scopes: readonly string[]): AccessDescription {
  // A record without its documented shape is delivered as sent, so this may be anything.
  const distinct = [...new Set(Array.isArray(scopes) ? scopes.filter((scope) => typeof scope === 'string') : [])];
  const unknownScopes = distinct.filter(
    (scope) => meaningOfScope(scope) === undefined && sensitiveFieldOfScope(scope) === undefined,
  );
  const visible = visibleTo(distinct.flatMap((scope) => meaningOfScope(scope) ?? []));
  const seesStudents = visible.some(({ subject, level }) => subject === 'students' && level === 'full');
  const sensitiveFields = SENSITIVE_FIELDS.filter((field) => distinct.includes(scopeOfSensitiveField(field)));
  const missing = missingBeside(visible, sensitiveFields, seesStudents);
  return {
    visible,
    sensitiveFields,
    missing,
    unknownScopes,
    text: textOf({ visible, sensitiveFields, missing, unknownScopes }),
  };
}

/** Returns the widest level of each subject. */
function visibleTo(meanings: readonly ScopeMeaning[]): VisibleRecords[] {
  const subjects = [...new Set(meanings.map(({ subject }) => subject))];
  return subjects.map((subject) => {
    const level =
      LEVELS.find((candidate) => meanings.some((one) => one.subject === subject && one.level === candidate)) ??
      'limited';
    return { subject, level, fields: FIELDS_BY_ACCESS[subject][level] ?? [] };
  });
}

function missingBeside(
  visible: readonly VisibleRecords[],
  sensitiveFields: readonly SensitiveField[],
  seesStudents: boolean,
): MissingAccess[] {
  const records = SECURE_SYNC_SUBJECTS.filter(
    (subject) => !visible.some((one) => one.subject === subject && one.level === 'full'),
  ).map((subject): MissingAccess => ({ what: subject, scope: `read:${subject}`, ask: ASK_SECURE_SYNC }));
  const fields = SENSITIVE_FIELDS.filter((field) => !sensitiveFields.includes(field)).map(
    (field): MissingAccess => ({
      what: `roles.student.${field}`,
      scope: scopeOfSensitiveField(field),
      ask: seesStudents ? ASK_SENSITIVE : [ASK_SECURE_SYNC[0], ...ASK_SENSITIVE],
    }),
  );
  return [...records, ...fields];
}

function textOf({ visible, sensitiveFields, missing, unknownScopes }: Omit<AccessDescription, 'text'>): string {
  const list = (items: readonly string[]): string => (items.length === 0 ? 'nothing' : items.join(', '));
  const byAsk = groupBy(missing, ({ ask }) => ask.join('; then '));
  return [
    `Visible: ${list(visible.map(({ subject, level }) => `${subject} (${level})`))}.`,
    `Sensitive student fields: ${list(sensitiveFields)}.`,
    ...[...byAsk].map(
      ([ask, items]) => `Not visible: ${list(items.map(({ what, scope }) => `${what} (${scope})`))}. Ask ${ask}.`,
    ),
    ...(unknownScopes.length === 0 ? [] : [`Unknown scopes: ${list(unknownScopes)}.`]),
    'The district may share less than the scopes allow; a field that is not shared is missing.',
  ].join('\n');
}
