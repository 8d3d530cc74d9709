import type { Context } from 'hono';
import { Hono } from 'hono';
import type { Json } from '../../../util/types.js';
import { pageOfIds, unedited } from '../../roster/store/ordered.js';
import type { ApiVersion } from '../../world/access/api-versions.js';
import type { RosterEvent } from '../../world/events/event-log.js';
import type { Env } from '../context.js';
import { cannot, json, Refusal } from './answers.js';
import { endsOf, type Link, pageLinks } from './envelopes.js';
import { readPaging } from './query.js';
import { present, type View } from './views.js';

/**
 * An event as Clever sends it. `previous_attributes` is inside `data` (observed); the specification puts it
 * next to `data`.
 */
interface SeenEvent {
  readonly id: string;
  readonly type: string;
  readonly created: string;
  readonly data: { readonly object: Json; readonly previous_attributes?: Json };
}

/**
 * Makes the Events API of one version. It needs a district-app token with Secure Sync; for other tokens its
 * paths do not exist.
 */
export function eventsApi(version: ApiVersion): Hono<Env> {
  const api = new Hono<Env>();
  api.get('/events', (context) => listEvents(version, context));
  api.get('/events/:id', (context) => getEvent(version, context));
  return api;
}

function listEvents(version: ApiVersion, context: Context<Env>): Response {
  const { kind, district } = context.get('grant');
  if (kind !== 'district' || district.tier === 'sso') {
    return cannot(context.req.method, context.req.path);
  }
  const url = new URL(context.req.url);
  const query = readPaging(url.searchParams);
  const view: View = { version, sensitiveFields: district.sensitiveFields };
  const accepts = filterOf(url.searchParams);
  const see = (id: string): SeenEvent | undefined => {
    const event = district.events.get(id);
    return event === undefined || !accepts(event) ? undefined : seeEvent(event, view);
  };
  const page = pageOfIds(unedited(district.events.ids()), query, (id) => see(id) !== undefined);
  const events = page.ids.flatMap((id) => see(id) ?? []);
  const links = pageLinks(url, query, endsOf(page));
  return json({
    data: events.map((data) => ({ data, uri: `/${version}/events/${data.id}` })),
    links: inOrderOfEvents(links, url),
  });
}

function getEvent(version: ApiVersion, context: Context<Env>): Response {
  const { kind, district } = context.get('grant');
  if (kind !== 'district' || district.tier === 'sso') {
    return cannot(context.req.method, context.req.path);
  }
  const event = district.events.get(context.req.param('id') ?? '');
  const data =
    event === undefined ? undefined : seeEvent(event, { version, sensitiveFields: district.sensitiveFields });
  if (data === undefined) {
    throw new Refusal(404, 'Resource not found');
  }
  return json({ data, links: [{ rel: 'self', uri: `/${version}/events/${data.id}` }] });
}

/**
 * Returns the filter that a request asks for. Inferred: `record_type` takes the first half of an event's
 * type; Clever documents no values.
 */
function filterOf(params: URLSearchParams): (event: RosterEvent) => boolean {
  const [kinds, school] = [params.getAll('record_type'), params.get('school')];
  return (event) =>
    (kinds.length === 0 || kinds.includes(event.kind)) && (school === null || event.schools.includes(school));
}

/** Observed: a question mark follows the path even without a query, and `prev` comes before `next`. */
function inOrderOfEvents(links: readonly Link[], url: URL): Link[] {
  const order = ['self', 'prev', 'next'];
  return links
    .map(({ rel, uri }) => ({ rel, uri: rel === 'self' ? `${url.pathname}?${url.search.slice(1)}` : uri }))
    .sort((left, right) => order.indexOf(left.rel) - order.indexOf(right.rel));
}

/**
 * Returns an event as an API version and the fields that the district shares show it; `undefined` when they
 * hide the whole change. Source: dev.clever.com/docs/events-api, for versions; inferred for sensitive
 * fields.
 */
function seeEvent(event: RosterEvent, view: View): SeenEvent | undefined {
  const previous = event.previous === undefined ? undefined : seePrevious(event, event.previous, view);
  if (event.action === 'updated' && previous === undefined) {
    return undefined;
  }
  const object = present(event.kind, event.object, view);
  return {
    created: new Date(event.createdAtSeconds * 1_000).toISOString(),
    data: { object, ...(previous === undefined ? {} : { previous_attributes: previous }) },
    id: event.id,
    type: `${event.kind}.${event.action}`,
  };
}

function seePrevious({ kind, object }: RosterEvent, previous: Json, view: View): Json | undefined {
  const seen = present(kind, { ...previous, id: object.id }, view);
  const { id: _, ...members } = seen;
  // Only objects that the view has emptied are left out: others may have been empty before.
  return JSON.stringify(members) === JSON.stringify(previous) ? previous : withoutEmpty(members);
}

function withoutEmpty(members: Json): Json | undefined {
  const kept = Object.entries(members).flatMap(([member, value]): [string, unknown][] => {
    const isNested = typeof value === 'object' && value !== null && !Array.isArray(value);
    const inner = isNested ? withoutEmpty(value as Json) : value;
    return inner === undefined ? [] : [[member, inner]];
  });
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}
