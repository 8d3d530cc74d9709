import type { Context } from 'hono';
import { Hono } from 'hono';
import type { AnyRecord, Kind, RecordOf, SectionRecord, UserRecord } from '../../roster/records.js';
import { type Page, type PageQuery, targetOf } from '../../roster/store/store.js';
import type { ApiVersion } from '../../world/access/api-versions.js';
import type { Grant } from '../../world/access/grants.js';
import type { Env } from '../context.js';
import { cannot, json, Refusal } from './answers.js';
import { endsOf, pageLinks, recordLinks } from './envelopes.js';
import { asksForCount, readPageQuery } from './query.js';
import { type Reach, reachOf } from './reach.js';
import {
  type CollectionRoute,
  DATA_ROUTES,
  type DataRoute,
  type RecordRoute,
  type RelatedListRoute,
  type RelatedRecordRoute,
} from './routes.js';
import { present, presentBasic, presentLibraryPerson, presentLibrarySection, withTimestamps } from './views.js';

/** A request for data, with everything that the answer needs. */
interface DataRequest {
  readonly version: ApiVersion;
  readonly grant: Grant;
  readonly reach: Reach;
  readonly url: URL;
  readonly id: string;
}

/**
 * For user tokens, Clever has no paging parameters (dev.clever.com/docs/paging-and-limits): it ignores
 * them, and the whole list is one page.
 */
const UNPAGED: PageQuery = { limit: Number.MAX_SAFE_INTEGER };

/** Makes the Data API of one version. */
export function dataApi(version: ApiVersion): Hono<Env> {
  const api = new Hono<Env>();
  for (const route of DATA_ROUTES) {
    const paths = [route.path, ...('alias' in route && route.alias !== undefined ? [route.alias] : [])];
    for (const path of paths) {
      api.get(path.replace('{id}', ':id'), (context) => answer(version, route, context));
    }
  }
  return api;
}

function answer(version: ApiVersion, route: DataRoute, context: Context<Env>): Response {
  const grant = context.get('grant');
  const id = context.req.param('id') ?? '';
  const reach = reachOf(grant, route.path, id);
  if (reach === undefined) {
    return cannot(context.req.method, context.req.path);
  }
  const request: DataRequest = { version, grant, reach, url: new URL(context.req.url), id };
  switch (route.answer) {
    case 'collection':
      return answerCollection(route, request);
    case 'record':
      return answerRecord(route, request);
    case 'related list':
      return answerRelatedList(route, request);
    case 'related record':
      return answerRelatedRecord(route, request);
  }
}

function answerCollection(route: CollectionRoute, request: DataRequest): Response {
  const { store } = request.grant.district;
  if (asksForCount(route, request.url.searchParams)) {
    return json({ count: store.count(route.kind) });
  }
  const query = readPageQuery(route, request.url.searchParams);
  const page = store.page(route.kind, query);
  if (route.kind === 'resources' && page.ids.length === 0) {
    return json({ resources: [] });
  }
  return json({ data: elements(route.kind, page, request), links: pageLinks(request.url, query, endsOf(page)) });
}

function answerRecord(route: RecordRoute, request: DataRequest): Response {
  const record = find(route.kind, request);
  const data = see(route.kind, record, request);
  // Observed: the answer to a user token has no links.
  return json(
    request.reach === 'roster'
      ? { data, links: recordLinks(route.kind, record, uriOf(route.kind, record, request)) }
      : { data },
  );
}

function answerRelatedList(route: RelatedListRoute, request: DataRequest): Response {
  const { id } = find(route.kind, request);
  const query = request.reach === 'roster' ? readPageQuery(route, request.url.searchParams) : UNPAGED;
  const page = request.grant.district.store.related(route.relation, id, query);
  const target = targetOf(route.relation);
  // Observed: an empty list of resources has a different envelope.
  if (target === 'resources' && page.ids.length === 0) {
    return json({ resources: [] });
  }
  const data = elements(target, page, request, route.relation === 'schools.terms' ? withTimestamps : undefined);
  return json({ links: pageLinks(request.url, query, endsOf(page)), data });
}

function answerRelatedRecord(route: RelatedRecordRoute, request: DataRequest): Response {
  const source = find(route.kind, request);
  const id = source[route.member];
  const record = find(route.target, { ...request, id: typeof id === 'string' ? id : '' });
  // Observed: the only link is that of the record itself.
  const links = [{ rel: 'self', uri: uriOf(route.target, record, request) }];
  return json({ data: see(route.target, record, request), links });
}

function find<K extends Kind>(kind: K, { grant, id }: DataRequest): RecordOf[K] {
  const record = grant.district.store.get(kind, id);
  if (record === undefined) {
    throw new Refusal(404, 'Resource not found');
  }
  return record;
}

/** Yields one record after the other, so that a page of ten thousand people is never in memory as a whole. */
function* elements(
  kind: Kind,
  { ids }: Page,
  request: DataRequest,
  change: (record: AnyRecord) => AnyRecord = (record) => record,
): Generator<object, void> {
  for (const id of ids) {
    const record = request.grant.district.store.get(kind, id);
    if (record !== undefined) {
      yield { data: see(kind, change(record), request), uri: uriOf(kind, record, request) };
    }
  }
}

function uriOf(kind: Kind, { id }: AnyRecord, { version }: DataRequest): string {
  return `/${version}/${kind}/${id}`;
}

function see(kind: Kind, record: AnyRecord, { grant, reach, version }: DataRequest): AnyRecord {
  if (reach === 'library') {
    return kind === 'users'
      ? presentLibraryPerson(record as UserRecord)
      : presentLibrarySection(record as SectionRecord);
  }
  if (reach === 'basic') {
    return presentBasic(kind, record);
  }
  return present(kind, record, { version, sensitiveFields: grant.district.sensitiveFields });
}
