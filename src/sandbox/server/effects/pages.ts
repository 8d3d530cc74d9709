import type { Fault } from '../../world/faults/fault.js';
import { sameAddress } from './cursors.js';
import { type Envelope, recordOf } from './envelope.js';

/** Changes a page of a list, in place. Returns whether it did. */
export function changePage(envelope: Envelope, url: URL, { nextLink, dropLinks, emptyPage }: Fault): boolean {
  if (!Array.isArray(envelope.data)) {
    return false;
  }
  const before = JSON.stringify(envelope.links);
  if (emptyPage === true) {
    envelope.data = [];
    setNext(envelope, addressOf(sameAddress(url)));
  }
  if (nextLink !== undefined && envelope.links !== undefined) {
    const self = envelope.links.find(({ rel }) => rel === 'self')?.uri ?? '';
    setNext(envelope, nextLink === 'self' ? self : nextLink);
  }
  if (dropLinks === true) {
    delete envelope.links;
  }
  return JSON.stringify(envelope.links) !== before;
}

/** Makes the `self` link of a page name the original request, not the one that a fault made of it. */
export function restoreSelf(envelope: Envelope, asked: URL, sent: URL): void {
  const [from, to] = [addressOf(sent), addressOf(asked)];
  envelope.links = (envelope.links ?? []).map(({ rel, uri }) => ({
    rel,
    uri: rel === 'self' && uri === from ? to : uri,
  }));
}

/** Returns the ids of a page's records. */
export function idsOf({ data }: Envelope): string[] {
  const ids = (Array.isArray(data) ? data : []).map((element) => (recordOf(element) as { id?: unknown } | null)?.id);
  return ids.filter((id) => typeof id === 'string');
}

function setNext(envelope: Envelope, uri: string): void {
  envelope.links = [...(envelope.links ?? []).filter(({ rel }) => rel !== 'next'), { rel: 'next', uri }];
}

function addressOf({ pathname, search }: URL): string {
  return `${pathname}${search}`;
}
