import * as sdk from 'clever-sdk';
import * as schemas from 'clever-sdk/schemas';
import * as values from 'clever-sdk/values';
import { describe, expect, it } from 'vitest';

/** `KNOWN_FRL_STATUSES` → `isKnownFrlStatus`. */
const guardOf = new Map<string, (value: unknown) => boolean>([
  ['KNOWN_ASSIGNEE_MODES', values.isKnownAssigneeMode],
  ['KNOWN_ASSIGNMENT_STATES', values.isKnownAssignmentState],
  ['KNOWN_ATTENDANCE_STATUSES', values.isKnownAttendanceStatus],
  ['KNOWN_ATTENDANCE_TYPES', values.isKnownAttendanceType],
  ['KNOWN_AUTHORIZERS', values.isKnownAuthorizer],
  ['KNOWN_DISABILITY_CODES', values.isKnownDisabilityCode],
  ['KNOWN_DISABILITY_TYPES', values.isKnownDisabilityType],
  ['KNOWN_DISTRICT_STATES', values.isKnownDistrictState],
  ['KNOWN_FRL_STATUSES', values.isKnownFrlStatus],
  ['KNOWN_GENDERS', values.isKnownGender],
  ['KNOWN_GRADES', values.isKnownGrade],
  ['KNOWN_GRADING_TYPES', values.isKnownGradingType],
  ['KNOWN_HOME_LANGUAGES', values.isKnownHomeLanguage],
  ['KNOWN_HOME_LANGUAGE_CODES', values.isKnownHomeLanguageCode],
  ['KNOWN_LMS_STATES', values.isKnownLmsState],
  ['KNOWN_LMS_TYPES', values.isKnownLmsType],
  ['KNOWN_LOGIN_METHODS', values.isKnownLoginMethod],
  ['KNOWN_PHONE_TYPES', values.isKnownPhoneType],
  ['KNOWN_RACES', values.isKnownRace],
  ['KNOWN_RELATIONSHIPS', values.isKnownRelationship],
  ['KNOWN_RELATIONSHIP_TYPES', values.isKnownRelationshipType],
  ['KNOWN_ROLES', values.isKnownRole],
  ['KNOWN_SUBJECTS', values.isKnownSubject],
  ['KNOWN_SUBMISSION_FLAGS', values.isKnownSubmissionFlag],
  ['KNOWN_SUBMISSION_STATES', values.isKnownSubmissionState],
  ['KNOWN_SUBMISSION_TYPES', values.isKnownSubmissionType],
  ['KNOWN_USER_TYPES', values.isKnownUserType],
  ['KNOWN_YES_NO', values.isKnownYesNo],
]);

const lists = Object.entries<unknown>({ ...values }).filter((entry): entry is [string, readonly string[]] =>
  entry[0].startsWith('KNOWN_'),
);

describe('known values', () => {
  it('have a guard for each list', () => {
    expect(lists.map(([name]) => name).sort()).toEqual([...guardOf.keys()].sort());
  });

  it.each(lists)('%s are distinct, and the guard accepts them and nothing else', (name, list) => {
    const guard = guardOf.get(name);
    expect(new Set(list).size).toBe(list.length);
    expect(list.filter((value) => guard?.(value) !== true)).toEqual([]);
    for (const other of ['', 'no such value', ' ', undefined, null, 0, {}, list]) {
      expect(guard?.(other)).toBe(false);
    }
  });

  it('are also exported by clever-sdk/schemas, whose schemas use them', () => {
    expect({ ...schemas }).toMatchObject(Object.fromEntries(lists));
  });

  it('recognise the documented event types', () => {
    expect(schemas.KNOWN_EVENT_TYPES).toHaveLength(21);
    expect(schemas.isKnownEvent({ id: '1', type: 'users.updated' })).toBe(true);
    expect(schemas.isKnownEvent({ id: '1', type: 'students.updated' })).toBe(false);
    for (const { isKnownEvent } of [sdk, values, schemas]) {
      expect(schemas.KNOWN_EVENT_TYPES.every((type) => isKnownEvent({ type }))).toBe(true);
      for (const type of ['', 'users', 'users.', 'users.updated.', 'constructor', undefined, null, ['users.updated']]) {
        expect(isKnownEvent({ type: type as string })).toBe(false);
      }
    }
  });
});
