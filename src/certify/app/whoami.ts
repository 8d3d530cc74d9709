import { isObject } from '../../util/is-object.js';
import { parseJson } from '../../util/parse-json.js';
import { CertifyError } from '../error.js';
import { textAt } from '../visitor/page-content.js';
import type { Visitor } from '../visitor/visitor.js';

/** What the app says of who is logged in. */
export interface Who {
  /** The text that the option names; `undefined` when no one is logged in. */
  readonly text: string | undefined;
  /** All of the answer in which it was found. */
  readonly answer: string;
}

/** Reads who is logged in, as the app itself says it. */
export type WhoAmI = (visitor: Visitor) => Promise<Who>;

/**
 * Reads the `whoami` option: `/api/me#user.id` is a member of JSON, `/account .user-id` a CSS selector of a page.
 *
 * @returns A function that returns the text for the visitor's session. It finds none when the answer is not a success,
 * leads to another path, or has no such member.
 */
export function readWhoAmI(option: string, app: URL): WhoAmI {
  const [, path = '', kind, how = ''] = /^(\S+?)(#|\s+)(\S.*)$/u.exec(option.trim()) ?? [];
  const url = path !== '' && URL.canParse(path, app) ? new URL(path, app) : undefined;
  if (url === undefined || url.origin !== app.origin) {
    throw new CertifyError(
      'options',
      '`whoami` must be a path of the app with a member of its JSON, /api/me#id, or a path and a CSS selector, "/account .user-id".',
    );
  }
  return async (visitor) => {
    const page = await visitor.request(url);
    if (page.status < 200 || page.status > 299 || withoutSlash(page.url) !== withoutSlash(url)) {
      return { text: undefined, answer: '' };
    }
    const text = kind === '#' ? memberOf(parseJson(page.html), how.split('.')) : textAt(page.html, how);
    return { text, answer: kind === '#' ? page.html : page.text };
  };
}

/** Some frameworks add a slash to the end of a path by a redirect, others remove it. */
function withoutSlash({ pathname }: URL): string {
  return pathname.replace(/\/$/u, '');
}

function memberOf(value: unknown, path: readonly string[]): string | undefined {
  let found = value;
  for (const name of path) {
    found = Array.isArray(found) ? found[Number(name)] : isObject(found) ? found[name] : undefined;
  }
  return (typeof found === 'string' && found !== '') || typeof found === 'number' ? String(found) : undefined;
}
