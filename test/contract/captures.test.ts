import { readdirSync, readFileSync } from 'node:fs';
import {
  courseSchema,
  districtSchema,
  districtTokenSchema,
  eventSchema,
  librarySectionSchema,
  libraryStudentSchema,
  listSchema,
  meSchema,
  ownUserSchema,
  resourceSchema,
  schoolSchema,
  sectionSchema,
  singleSchema,
  termSchema,
  tokenInfoSchema,
  tokenSchema,
  userinfoSchema,
  userSchema,
} from 'clever-sdk/schemas';
import { describe, expect, it } from 'vitest';
import type * as z from 'zod';
import { referenceDir, referencePath, skipReason } from '../support/reference.js';

interface NotARecord {
  readonly notARecord: string;
}

const error: NotARecord = { notARecord: 'error bodies are read by the transport, leniently' };
const headers: NotARecord = { notARecord: 'response headers' };

/** Every file of the folder: the schema that parses it, or why no schema does. */
const table: Readonly<Record<string, z.ZodType | NotARecord>> = {
  'README.md': { notARecord: 'documentation' },
  'course-v3.0-for-section.json': singleSchema(courseSchema),
  'course-v3.0-single.json': singleSchema(courseSchema),
  'courses-v3.0-list-limit-25.json': listSchema(courseSchema),
  'district-v3.0-via-course.json': singleSchema(districtSchema),
  'districts-v3.0-list-count-5-ignored.json': listSchema(districtSchema),
  'districts-v3.0-list-secure-sync-sandbox.json': listSchema(districtSchema),
  'districts-v3.0-list.json': listSchema(districtSchema),
  'error-404-user-token-on-data-endpoint.html': error,
  'errors-data-api-observed.json': error,
  'errors-lms-connect.json': error,
  'event-v3.0-list-item-districts-updated.json': singleSchema(eventSchema),
  'event-v3.0-list-item-schools-updated.json': singleSchema(eventSchema),
  'event-v3.0-list-item-users-created.json': singleSchema(eventSchema),
  'event-v3.0-list-item-users-updated.json': singleSchema(eventSchema),
  'event-v3.0-single-districts-updated.json': singleSchema(eventSchema),
  'events-v3.0-expired-cursor-first-3-of-100.json': listSchema(eventSchema),
  'events-v3.0-middle-page-first-3-of-100.json': listSchema(eventSchema),
  'events-v3.0-page-first-4-of-25.json': listSchema(eventSchema),
  'library-sections-v2.0-for-teacher.json': listSchema(librarySectionSchema),
  'library-students-v2.0-for-section.json': listSchema(libraryStudentSchema),
  'me-v2.1-student.json': meSchema,
  'me-v3.0-captured-type-teacher.json': meSchema,
  'me-v3.0-demo-token-bare.json': meSchema,
  'me-v3.0-district-sso-user.json': meSchema,
  'oauth-token-exchange-request.json': { notARecord: 'a request' },
  'oauth-token-exchange-response.json': tokenSchema,
  'oauth-tokeninfo.json': tokenInfoSchema,
  'oauth-tokens-district-list-secure-sync-scopes.json': listSchema(districtTokenSchema),
  'oauth-tokens-district-list-sso-scopes.json': listSchema(districtTokenSchema),
  'oauth-tokens-district-single-sso-scopes.json': listSchema(districtTokenSchema),
  'resources-v3.0-empty.json': listSchema(resourceSchema),
  'response-headers-404-html.json': headers,
  'response-headers-data-api.json': headers,
  'response-headers-events-api.json': headers,
  'response-headers-oauth-tokens.json': headers,
  'school-v3.0-single.json': singleSchema(schoolSchema),
  'schools-v3.0-for-course.json': listSchema(schoolSchema),
  'schools-v3.0-for-user.json': listSchema(schoolSchema),
  'schools-v3.0-page-1-of-2.json': listSchema(schoolSchema),
  'schools-v3.0-page-2-of-2.json': listSchema(schoolSchema),
  'section-v3.0-single.json': singleSchema(sectionSchema),
  'sections-v3.0-for-course.json': listSchema(sectionSchema),
  'sections-v3.0-for-user.json': listSchema(sectionSchema),
  'sections-v3.0-list-first-3-of-25.json': listSchema(sectionSchema),
  // v2.1 has the members of the role at the top; only what v3 shares with it is checked.
  'student-v2.1-single.json': singleSchema(userSchema),
  'term-v3.0-single.json': singleSchema(termSchema),
  'terms-v3.0-for-school.json': listSchema(termSchema),
  'terms-v3.0-page-1-of-2.json': listSchema(termSchema),
  'terms-v3.0-page-2-of-2.json': listSchema(termSchema),
  // Its author cut it down to id and empty roles: too little for a user, enough for the token's own user.
  'user-v3.0-allauth-minimal.json': singleSchema(ownUserSchema),
  'user-v3.0-list-item-contact-two-students.json': singleSchema(userSchema),
  'user-v3.0-list-item-district-admin.json': singleSchema(userSchema),
  'user-v3.0-list-item-student.json': singleSchema(userSchema),
  'user-v3.0-list-item-teacher-two-schools.json': singleSchema(userSchema),
  'user-v3.0-student-single.json': singleSchema(userSchema),
  'user-v3.0-teacher-single.json': singleSchema(userSchema),
  'user-v3.0-teacher-with-user-token.json': singleSchema(userSchema),
  'userinfo-teacher.json': userinfoSchema,
  'users-v3.0-for-section-first-4.json': listSchema(userSchema),
  'users-v3.0-list-limit-25.json': listSchema(userSchema),
  'users-v3.0-mycontacts.json': listSchema(userSchema),
  'users-v3.0-mystudents-first-3.json': listSchema(userSchema),
  'users-v3.0-myteachers.json': listSchema(userSchema),
};

const title = 'payloads of the real service';

if (referenceDir === undefined) {
  process.stderr.write(`${title}: ${skipReason}\n`);
}

describe.skipIf(referenceDir === undefined)(referenceDir === undefined ? `${title} (${skipReason})` : title, () => {
  it('are all named by the table', () => {
    expect(readdirSync(referencePath('examples')).sort()).toEqual(Object.keys(table).sort());
  });

  const parsed = Object.entries(table).filter((entry): entry is [string, z.ZodType] => !('notARecord' in entry[1]));

  it.each(parsed)('%s parses and loses nothing', (file, schema) => {
    const payload: unknown = JSON.parse(readFileSync(referencePath('examples', file), 'utf8'));
    const result = schema.safeParse(payload);
    expect(result.error?.issues).toBeUndefined();
    expect(result.data).toStrictEqual(payload);
  });
});
