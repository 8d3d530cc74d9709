import { isObject } from '../../util/is-object.js';
import { parseJson } from '../../util/parse-json.js';
import type { Json } from '../../util/types.js';
import type { AnswerKind, Facts } from './facts.js';
import type { Kind } from './kinds.js';

/** An answer, and what was asked. */
export interface Exchange {
  readonly method: string;
  readonly url: string;
  readonly status: number;
  readonly body: string;
}

/** What records the last part of a path asks for. Clever also answers to `myTeachers`. */
const KIND_OF_SEGMENT: Readonly<Record<string, Kind>> = {
  districts: 'districts',
  district: 'districts',
  schools: 'schools',
  school: 'schools',
  terms: 'terms',
  term: 'terms',
  courses: 'courses',
  course: 'courses',
  users: 'users',
  mystudents: 'users',
  myteachers: 'users',
  mycontacts: 'users',
  sections: 'sections',
  section: 'sections',
  resources: 'resources',
};
const ANSWER_OF_PATH: Readonly<Record<string, AnswerKind>> = {
  '/userinfo': 'userinfo',
  '/oauth/tokeninfo': 'tokenInfo',
  '/oauth/tokens': 'districtTokens',
};
const VERSION = /^v[23]\.[01]$/u;
/** Words of Clever's paths that are no kind of record. */
const OTHER_WORDS = [
  'me',
  'userinfo',
  'oauth',
  'tokens',
  'tokeninfo',
  'events',
  'assignments',
  'submissions',
  'attendance',
];

/**
 * Takes from an answer what a recording can hold. Headers, queries and all that is not known are left out.
 *
 * @param clean - Removes from an answer what must not be recorded.
 */
export function observe(
  facts: Facts,
  { method, url, status, body }: Exchange,
  clean: (answer: object) => void = () => undefined,
): void {
  const { pathname } = new URL(url);
  const segments = pathname.split('/').filter((segment) => segment !== '');
  const json = parseJson(body);
  if (isObject(json)) {
    clean(json);
  }
  if (status >= 400) {
    facts.addError({
      method,
      path: templateOf(segments),
      status,
      body: isObject(json) ? json : undefined,
      isHtml: json === undefined && body.trimStart().startsWith('<'),
    });
  } else if (method !== 'GET') {
    // It holds what a login or an assignment is about.
    facts.drop(`answers to ${/^[A-Z]{3,7}$/u.test(method) ? method : 'other'} requests`);
  } else {
    observeAnswer(facts, segments, json);
  }
}

function observeAnswer(facts: Facts, segments: readonly string[], json: unknown): void {
  const [version = '', ...path] = VERSION.test(segments[0] ?? '') ? segments : ['', ...segments];
  const answer = path.join('/') === 'me' ? 'me' : version === '' ? ANSWER_OF_PATH[`/${path.join('/')}`] : undefined;
  if (answer !== undefined) {
    facts.addAnswer(answer, json);
    return;
  }
  const take = takerOf(facts, version, path);
  const records = recordsIn(json);
  if (take === undefined || records === undefined) {
    facts.drop('answers of paths that a recording does not hold');
    return;
  }
  facts.version = version;
  for (const record of records) {
    take(record);
  }
}

/** What takes the records of a path; `undefined` for a path whose records a recording does not hold. */
function takerOf(facts: Facts, version: string, path: readonly string[]): ((record: unknown) => void) | undefined {
  if (version === '' || path.length > 3) {
    return undefined;
  }
  if (path[0] === 'events' && path.length < 3) {
    return (event) => facts.addEvent(event);
  }
  const named = path.length === 2 ? path[0] : path.at(-1);
  const kind = kindOf(named);
  return kind === undefined || kindOf(path[0]) === undefined ? undefined : (record) => facts.addRecord(kind, record);
}

function kindOf(segment = ''): Kind | undefined {
  const name = segment.toLowerCase();
  return Object.hasOwn(KIND_OF_SEGMENT, name) ? KIND_OF_SEGMENT[name] : undefined;
}

/** The records in an envelope: the elements of a list, or a single one. */
function recordsIn(json: unknown): unknown[] | undefined {
  if (!isObject(json)) {
    return undefined;
  }
  const data = json['data'] ?? json['resources'];
  if (Array.isArray(data)) {
    return data.map((element: unknown) => (isObject(element) && 'data' in element ? element['data'] : element));
  }
  // The answer to `count=true`.
  return isObject(data) ? [data] : typeof json['count'] === 'number' ? [] : undefined;
}

/** A path without ids: only words of Clever's stay. */
function templateOf(segments: readonly string[]): string {
  const isWord = (segment: string): boolean =>
    VERSION.test(segment) || kindOf(segment) !== undefined || OTHER_WORDS.includes(segment);
  return `/${segments.map((segment) => (isWord(segment) ? segment : '{id}')).join('/')}`;
}

/** The entries of a token list. */
export function tokensIn(answer: Json): Json[] {
  const data = answer['data'];
  return Array.isArray(data) ? data.filter(isObject) : [];
}
