const PREVIEW =
  'Attendance is a preview of Clever: it needs a scope of its own, by request, and a district that uploads attendance by SFTP.';

/**
 * What to do about a status where it means something else than usual. Only what makes the error of a request imports this file,
 * so that the words are not in the first chunk of an app: a request names its advice.
 */
const ADVICE = {
  person: {
    401: 'The token has expired or was revoked: send the person through the login again.',
    404: 'This is not the token of a signed-in person. District-app tokens belong to clever.district().',
  },
  tokenInfo: {
    401: 'Clever does not know this token, or it has expired: send the person through the login again.',
  },
  appCredentials: {
    401:
      "Clever does not know the app's credentials. Check `clientId` and `clientSecret` (CLEVER_CLIENT_ID, " +
      "CLEVER_CLIENT_SECRET) against the app's settings at Clever.",
  },
  user: {
    401: 'The token has expired or was revoked: send the person through the login again.',
    404: 'A user token sees the signed-in person and the own district only. For rosters use clever.district() with a district-app token.',
  },
  library: {
    401: 'The Library token has expired: send the teacher through the login again. Rosters must be read at login.',
    404: "A Library token sees the teacher's own sections and their students only, and students see just themselves.",
  },
  district: {
    401: 'The district-app token is unknown or was rotated: fetch it again with clever.oauth.districtTokens().',
  },
  lmsConnect: {
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
  events: {
    404: 'Events belong to Secure Sync and are off until the app switches them on (dashboard: Settings, Integrations, Enable events). An event older than 30 days is gone as well.',
    413: 'The page is too large. Clever does not say how many events a page may hold: pass a smaller `pageSize`, such as 100.',
  },
  attendance: {
    403: PREVIEW,
    404: `There is no such school or section here, or the token does not see attendance. ${PREVIEW}`,
  },
} as const satisfies Readonly<Record<string, Readonly<Record<number, string>>>>;

/** What has advice of its own: a kind of token, or a part of the API. */
export type AdviceName = keyof typeof ADVICE;

/** What to do about a status, by the last of the names that has advice for it; `undefined` where none has. */
export function adviceOn(status: number, names: readonly AdviceName[]): string | undefined {
  const advice = names.map((name): Readonly<Record<number, string>> => ADVICE[name]);
  return advice.findLast((one) => status in one)?.[status];
}
