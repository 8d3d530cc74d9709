import type { SensitiveField } from 'clever-sdk';
import { SENSITIVE_FIELDS } from 'clever-sdk/values';
import { fixtures } from '../fixtures/records.js';

/** A word that occurs in every sensitive value, and nowhere else. */
export const SENSITIVE = 'zzsensitive';
/** A word that occurs in every token, code, state and cookie, and nowhere else. */
export const SECRET = 'zzsecret';
/** A word that occurs in names, ids and addresses of people, and nowhere else. */
export const PERSON = 'zzperson';

/** The marked value of a sensitive field. */
export const markOf = (field: SensitiveField): string => `${SENSITIVE}.${field}`;

/** Every sensitive field with its mark, in the shape that Clever sends. */
export function marked(): Record<string, unknown> {
  const value = markOf('disability');
  return {
    ...Object.fromEntries(SENSITIVE_FIELDS.map((field) => [field, markOf(field)])),
    disability: { disability_status: value, disability_type: value, disability_code: value, added_later: [value] },
  };
}

/** Extension fields with the names of sensitive fields, as districts may spell them, and two others. */
export function markedExtensions(): Record<string, string> {
  return {
    bus_line: 'kept',
    ...Object.fromEntries(SENSITIVE_FIELDS.map((field) => [field, markOf(field)])),
    'ELL Status': markOf('ell_status'),
    'frl-status': markOf('frl_status'),
    iepStatus: markOf('iep_status'),
    HOMELANGUAGE: markOf('home_language'),
    'home.language.code': markOf('home_language_code'),
    ' Gifted  Status ': markOf('gifted_status'),
    'Section 504 Status': markOf('section_504_status'),
    'Disability code': markOf('disability'),
    gifted_teacher: 'kept',
  };
}

type Json = Record<string, unknown>;
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A record with every sensitive field in every place where one may occur; its documented shape is unchanged. */
function withMarks<T extends object>(record: T): T {
  const copy = structuredClone(record) as Json;
  const roles = isObject(copy['roles']) ? copy['roles'] : {};
  for (const role of Object.values(roles).filter(isObject)) {
    Object.assign(role, { ext: markedExtensions() });
  }
  if (isObject(roles['student'])) {
    Object.assign(roles['student'], marked());
  }
  const data = copy['data'];
  if (isObject(data)) {
    for (const holder of [copy, data]) {
      for (const name of ['object', 'previous_attributes']) {
        if (isObject(holder[name])) {
          holder[name] = withMarks(holder[name]);
        }
      }
    }
    return copy as T;
  }
  return Object.assign(copy, marked(), { ext: markedExtensions(), added_later: [{ deeper: [marked()] }] }) as T;
}

/** The synthetic records, marked. People contain {@link PERSON}, tokens {@link SECRET}. */
export function markedFixtures(): ReturnType<typeof fixtures> {
  const named = JSON.parse(JSON.stringify(fixtures()), (key, value: unknown) => {
    if (typeof value !== 'string') {
      return value;
    }
    return /^(first|last|email|dob|grade_comment|phone)$/u.test(key)
      ? `${PERSON}.${key}`
      : /^(access_token|id_token)$/u.test(key)
        ? `${SECRET}.${key}`
        : value;
  }) as ReturnType<typeof fixtures>;
  return Object.fromEntries(
    Object.entries(named).map(([name, record]) => [name, withMarks(record)]),
  ) as unknown as ReturnType<typeof fixtures>;
}

/** Everything that an app can reach in a value, including data that is hidden from print. */
export function reachable(value: unknown, seen = new Set<unknown>()): string {
  if (typeof value !== 'object' || value === null || seen.has(value)) {
    return String(value);
  }
  seen.add(value);
  const names = [...Reflect.ownKeys(value), ...gettersOf(value)];
  return names
    .map((name) => {
      const member: unknown = Reflect.get(value, name);
      return `${String(name)}: ${typeof member === 'function' ? '' : reachable(member, seen)}`;
    })
    .join('\n');
}

/** Errors keep their bulky details in getters of their classes. */
function gettersOf(value: object): string[] {
  const found: string[] = [];
  for (let level = Object.getPrototypeOf(value); level !== null && level !== Object.prototype; ) {
    for (const [name, { get }] of Object.entries(Object.getOwnPropertyDescriptors(level as object))) {
      if (get !== undefined && name !== '__proto__') {
        found.push(name);
      }
    }
    level = Object.getPrototypeOf(level);
  }
  return found;
}
