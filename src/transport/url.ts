import { CleverConfigError } from '../errors/index.js';
import { checkStored } from '../options/stored.js';

/** What a query may hold. `undefined` is left out; an array repeats its key. */
export type Query = Readonly<
  Record<string, string | number | boolean | readonly (string | number | boolean)[] | undefined>
>;

/**
 * Fills a path template and adds a query: `buildPath('/v3.1/users/{id}', { id })`.
 *
 * An id is percent-encoded whole, so that one from an untrusted place can name another record and never another path.
 *
 * @param pathTemplate - Begins with `/`; `{name}` stands for `params.name`.
 * @throws {@link CleverConfigError} for an id that is missing, empty, `.`, `..` or not a string, or has a line end or
 * spaces around it. The id is not quoted.
 */
export function buildPath(
  pathTemplate: string,
  params: Readonly<Record<string, string | undefined>> = {},
  query: Query = {},
): string {
  const path = pathTemplate.replace(/\{(\w+)\}/gu, (_, name: string) => encodeId(pathTemplate, name, params[name]));
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    for (const item of Array.isArray(value) ? value : [value]) {
      if (item !== undefined) {
        search.append(key, String(item));
      }
    }
  }
  const text = search.toString();
  return text === '' ? path : `${path}?${text}`;
}

function encodeId(pathTemplate: string, name: string, value: unknown): string {
  if (typeof value !== 'string' || value.trim() === '') {
    throw new CleverConfigError(`${pathTemplate}: \`${name}\` must be a string that is not empty.`);
  }
  checkStored(`${pathTemplate}: \`${name}\``, value);
  // URL parsers resolve these two as steps in the path, whether or not they are encoded.
  if (value === '.' || value === '..') {
    throw new CleverConfigError(
      `${pathTemplate}: \`${name}\` must be an id of Clever's; dots alone are a step in a path.`,
    );
  }
  try {
    return encodeURIComponent(value);
  } catch {
    throw new CleverConfigError(`${pathTemplate}: \`${name}\` is not well-formed text.`);
  }
}

/**
 * Turns a link of Clever's into a path and query, provided that it stays on the origin: the bearer token goes
 * nowhere else.
 *
 * @param origin - `https://api.clever.com`.
 * @param uri - As sent: `/v3.1/users?starting_after=…`, or the same after the origin.
 * @returns `undefined` for anything else: another origin, `//host`, a backslash, credentials, another scheme,
 * white space.
 */
export function resolveLink(origin: string, uri: unknown): string | undefined {
  // Parsers drop tabs and line ends, and read a backslash as a slash: `/\host` would leave the origin.
  if (typeof uri !== 'string' || !/^(?:\/(?!\/)|https?:\/\/)/iu.test(uri) || /[\s\\\p{Cc}]/u.test(uri)) {
    return undefined;
  }
  if (!URL.canParse(uri, origin)) {
    return undefined;
  }
  const url = new URL(uri, origin);
  const isHome = url.origin === new URL(origin).origin && url.username === '' && url.password === '';
  // `/..//host` would become `//host`: harmless here, but a host when it is resolved again.
  return isHome && !url.pathname.startsWith('//') ? url.pathname + url.search : undefined;
}
