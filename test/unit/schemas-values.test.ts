import * as schemas from 'clever-sdk/schemas';
import { describe, expect, it } from 'vitest';

/** `KNOWN_FRL_STATUSES` → `isKnownFrlStatus`. */
const guardOf = new Map<string, (value: unknown) => boolean>([
  ['KNOWN_ASSIGNEE_MODES', schemas.isKnownAssigneeMode],
  ['KNOWN_ASSIGNMENT_STATES', schemas.isKnownAssignmentState],
  ['KNOWN_ATTENDANCE_STATUSES', schemas.isKnownAttendanceStatus],
  ['KNOWN_ATTENDANCE_TYPES', schemas.isKnownAttendanceType],
  ['KNOWN_AUTHORIZERS', schemas.isKnownAuthorizer],
  ['KNOWN_DISABILITY_CODES', schemas.isKnownDisabilityCode],
  ['KNOWN_DISABILITY_TYPES', schemas.isKnownDisabilityType],
  ['KNOWN_DISTRICT_STATES', schemas.isKnownDistrictState],
  ['KNOWN_FRL_STATUSES', schemas.isKnownFrlStatus],
  ['KNOWN_GENDERS', schemas.isKnownGender],
  ['KNOWN_GRADES', schemas.isKnownGrade],
  ['KNOWN_GRADING_TYPES', schemas.isKnownGradingType],
  ['KNOWN_HOME_LANGUAGES', schemas.isKnownHomeLanguage],
  ['KNOWN_HOME_LANGUAGE_CODES', schemas.isKnownHomeLanguageCode],
  ['KNOWN_LMS_STATES', schemas.isKnownLmsState],
  ['KNOWN_LMS_TYPES', schemas.isKnownLmsType],
  ['KNOWN_LOGIN_METHODS', schemas.isKnownLoginMethod],
  ['KNOWN_PHONE_TYPES', schemas.isKnownPhoneType],
  ['KNOWN_RACES', schemas.isKnownRace],
  ['KNOWN_RELATIONSHIPS', schemas.isKnownRelationship],
  ['KNOWN_RELATIONSHIP_TYPES', schemas.isKnownRelationshipType],
  ['KNOWN_ROLES', schemas.isKnownRole],
  ['KNOWN_SUBJECTS', schemas.isKnownSubject],
  ['KNOWN_SUBMISSION_FLAGS', schemas.isKnownSubmissionFlag],
  ['KNOWN_SUBMISSION_STATES', schemas.isKnownSubmissionState],
  ['KNOWN_SUBMISSION_TYPES', schemas.isKnownSubmissionType],
  ['KNOWN_USER_TYPES', schemas.isKnownUserType],
  ['KNOWN_YES_NO', schemas.isKnownYesNo],
]);

const lists = Object.entries<unknown>({ ...schemas }).filter(
  (entry): entry is [string, readonly string[]] => entry[0].startsWith('KNOWN_') && entry[0] !== 'KNOWN_EVENT_TYPES',
);

describe('known values', () => {
  it('have a guard for each list', () => {
    expect(lists.map(([name]) => name).sort()).toEqual([...guardOf.keys()].sort());
  });

  it.each(lists)('%s are distinct, and its guard knows them and nothing else', (name, list) => {
    const guard = guardOf.get(name);
    expect(new Set(list).size).toBe(list.length);
    expect(list.filter((value) => guard?.(value) !== true)).toEqual([]);
    for (const other of ['', 'no such value', ' ', undefined, null, 0, {}, list]) {
      expect(guard?.(other)).toBe(false);
    }
  });

  it('tell the documented event types', () => {
    expect(schemas.KNOWN_EVENT_TYPES).toHaveLength(21);
    expect(schemas.isKnownEvent({ id: '1', type: 'users.updated' })).toBe(true);
    expect(schemas.isKnownEvent({ id: '1', type: 'students.updated' })).toBe(false);
  });
});
