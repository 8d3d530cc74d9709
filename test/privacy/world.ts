import { marked, markedExtensions, markedFixtures, PERSON, SECRET, SENSITIVE } from './marks.js';

const records = markedFixtures();

/** The records of each answer, by the last segment of the path that lists or names them. */
const RECORDS: Readonly<Record<string, readonly object[]>> = {
  users: [
    records.teacher,
    records.student,
    records.sensitiveStudent,
    records.multiRoleStaff,
    records.contact,
    records.districtAdmin,
  ],
  mycontacts: [records.contact],
  mystudents: [records.student, records.sensitiveStudent],
  myteachers: [records.teacher],
  schools: [records.school],
  sections: [records.section],
  courses: [records.course],
  terms: [records.term],
  districts: [records.district],
  resources: [records.resource],
  events: [records.userUpdated, records.sectionUpdated, records.userDeleted, records.unknownEvent],
  assignments: [records.assignment],
  submissions: [records.submission],
  school: [records.school],
  course: [records.course],
  term: [records.term],
  district: [records.district],
};

/** Records in undocumented shapes; each contains marks, and must otherwise be delivered unchanged. */
export const ODD_RECORDS: readonly object[] = [
  { id: 'odd-1', name: null, roles: null, ext: 'text', ...marked() },
  { id: 'odd-2', name: 7, roles: [{ type: 'student', ...marked() }, null, 'text'], ext: ['text', markedExtensions()] },
  { id: 'odd-3', roles: { student: null, contact: [] }, ext: null },
  { id: 'odd-4', roles: { student: [marked()], other: { student: marked() } }, ext: { a: { b: markedExtensions() } } },
  { id: 'odd-5', type: 'users.updated', data: { object: null, previous_attributes: marked() } },
  { id: 'odd-6', type: 'students.updated', data: { object: marked(), previous_attributes: [marked()] }, ...marked() },
  { id: 'odd-7', type: 'users.created', data: [marked()], previous_attributes: { roles: { student: marked() } } },
];

/** Clever's successful answers, with marks in every record. */
export function goodAnswer(url: URL, method: string, odd: readonly object[] = []): Response {
  const { pathname } = url;
  if (url.searchParams.get('count') === 'true') {
    return Response.json({ count: 1 });
  }
  if (method === 'DELETE') {
    return new Response(null, { status: 204 });
  }
  if (pathname.endsWith('/me')) {
    return Response.json({ ...records.me, ...marked() });
  }
  if (pathname === '/userinfo') {
    return Response.json({ ...records.userinfo, sub: records.me.data.id });
  }
  if (pathname === '/oauth/tokeninfo') {
    return Response.json(records.tokenInfo);
  }
  if (pathname === '/oauth/tokens') {
    return Response.json(method === 'POST' ? records.token : { data: [records.districtToken], links: [] });
  }
  const segments = pathname.split('/').slice(2);
  const last = segments.at(-1) ?? '';
  if (segments[0] === 'attendance') {
    return list([records.attendanceRecord, ...odd], false);
  }
  if (last in RECORDS && method === 'GET') {
    // Only a listing of events begins at a position here.
    const after = url.searchParams.get('starting_after') ?? '';
    const found = [...(RECORDS[last] ?? []), ...odd].filter((record) => String(Reflect.get(record, 'id')) > after);
    return last.endsWith('s') ? list(found, last !== 'submissions') : Response.json({ data: odd[0] ?? found[0] });
  }
  const collection = last in RECORDS ? last : (segments.at(-2) ?? '');
  const asked = method !== 'GET' ? {} : collection === 'submissions' ? { user_id: last } : { id: last };
  return Response.json({ data: { ...(odd[0] ?? RECORDS[collection]?.[0]), ...asked }, links: [] });
}

function list(found: readonly object[], isWrapped: boolean): Response {
  return Response.json({ data: found.map((data) => (isWrapped ? { data, uri: '/v3.1/x' } : data)), links: [] });
}

const failed = (status: number, body: string, type = 'application/json'): (() => Response) => {
  return () => new Response(body, { status, headers: { 'content-type': type } });
};
const json = JSON.stringify({
  error: 'Resource not found',
  data: { roles: { student: marked() }, ext: markedExtensions() },
});
/** Names are plain words, such as `grace` or `mark`. */
const inPlainWords = JSON.stringify({
  error: PERSON,
  error_description: `resource not found for ${PERSON}`,
  message: `the ${PERSON} and ${PERSON} are not in grade`,
});
const html = `<html><body><h1>Cannot read frl_status: ${SENSITIVE}</h1></body></html>`;

/** Every way to fail, with marks wherever an answer can contain them. */
export const FAILURES: Readonly<Record<string, () => Response>> = {
  ...Object.fromEntries([400, 401, 403, 404, 405, 413, 429, 500, 503].map((status) => [status, failed(status, json)])),
  'a page': failed(404, html, 'text/html'),
  'a page with 200': failed(200, html, 'text/html'),
  'JSON that was cut off': failed(500, json.slice(0, -20)),
  'JSON that was cut off with 200': failed(200, json.slice(0, -20)),
  'a value in prose': failed(400, JSON.stringify({ message: `home_language is ${SENSITIVE}` })),
  ...Object.fromEntries(
    [400, 401, 404, 500].map((status) => [`${status} with names in plain words`, failed(status, inPlainWords)]),
  ),
  'a name in plain text': failed(400, `no ${PERSON} is here`, 'text/plain'),
  'names beside a token': failed(
    200,
    JSON.stringify({ access_token: `${SECRET}.token`, token_type: PERSON, scope: SECRET, error: PERSON }),
  ),
  'no envelope': failed(200, json),
  'a list of texts': failed(200, JSON.stringify({ data: [PERSON] })),
  'a foreign link': failed(
    200,
    JSON.stringify({
      data: [{ data: { id: 'x', ...marked() } }],
      links: [{ rel: 'next', uri: `https://${PERSON}.test/` }],
    }),
  ),
  'a lost connection': () => {
    throw Object.assign(new TypeError('fetch failed'), { cause: new Error(SENSITIVE) });
  },
};
