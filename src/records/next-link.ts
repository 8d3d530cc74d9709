import { isObject } from '../util/is-object.js';

/**
 * What an answer says of the page after it.
 *
 * - `none`: it has no such link, as Clever's last page.
 * - `unclear`: `null` or nothing where the link or its address belongs, which may mean that none follows.
 * - `unreadable`: anything else without an address.
 */
export type NextLink = { readonly uri: string } | 'none' | 'unclear' | 'unreadable';

/** Where a link has its address. Clever's have `uri`; the others are how the rest of the world spells it. */
const ADDRESSES = ['uri', 'href', 'url'] as const;

/** `</v3.1/users?…>; rel="next"`, as in a `Link` header. Source: RFC 8288. */
const LINK_IN_TEXT = /<([^<>]*)>[^<>]*;\s*rel="?next\b/iu;

/** Reads the `next` link out of an answer's `links`: as Clever sends it, else by what it evidently means. */
export function readNextLink(links: unknown): NextLink {
  if (links === undefined) {
    return 'none';
  }
  if (Array.isArray(links)) {
    return nextAmong(links);
  }
  if (isObject(links)) {
    const next = nextIn(links);
    return next === 'none' ? 'unclear' : next;
  }
  if (typeof links === 'string') {
    const uri = LINK_IN_TEXT.exec(links)?.[1];
    return uri === undefined ? 'unreadable' : addressOf(uri);
  }
  return links === null ? 'unclear' : 'unreadable';
}

function nextAmong(links: readonly unknown[]): NextLink {
  let found: NextLink = 'none';
  for (const link of links) {
    const next = isObject(link) ? nextIn(link) : 'unclear';
    if (typeof next === 'object') {
      return next;
    }
    found = next === 'none' ? found : next;
  }
  return found;
}

/** Of one link, `{"rel": "next", "uri": …}`, or of an object with a member for each relation, `{"next": …}`. */
function nextIn(link: Readonly<Record<string, unknown>>): NextLink {
  if (isNext(link['rel'])) {
    return addressOf(link);
  }
  const name = Object.keys(link).find(isNext);
  return name === undefined ? 'none' : addressOf(link[name]);
}

/** Relations are compared without regard to case, and a link may have several. Source: RFC 8288, section 2.1.2. */
function isNext(relation: unknown): boolean {
  return Array.isArray(relation)
    ? relation.some(isNext)
    : typeof relation === 'string' && relation.toLowerCase().split(/\s+/u).includes('next');
}

function addressOf(link: unknown): NextLink {
  const addresses = isObject(link) ? ADDRESSES.map((name) => link[name]) : [link];
  const uri = addresses.find((address) => typeof address === 'string' && address.trim() !== '') as string | undefined;
  if (uri !== undefined) {
    return { uri: uri.trim() };
  }
  return addresses.every((address) => address === undefined || address === null || address === '')
    ? 'unclear'
    : 'unreadable';
}
