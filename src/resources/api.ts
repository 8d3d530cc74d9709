import { assertKnownKeys, CleverConfigError } from '../errors/index.js';
import { type ListOptions, Paginated, resumePath } from '../pagination/index.js';
import { deliver, notAnEnvelope, readSingleEnvelope } from '../records/index.js';
import type { RecordKind, RecordTypes } from '../schemas/record.js';
import { buildPath, type RequestOptions } from '../transport/index.js';
import { CALL_KEYS, type CallOptions, REQUEST_KEYS, type ScopeContext } from './context.js';

const PAGING_KEYS = ['pageSize', 'prefetch', 'from'] as const;
const MAX_PAGE_SIZE = 10_000;

/** A call of a resource, in the words of the specification. */
export interface Operation<Kind extends RecordKind> {
  /** What the caller typed, for messages: `schools.listUsers()`. */
  readonly call: string;
  readonly kind: Kind;
  /** The path behind the version: `/schools/{id}/users`. */
  readonly path: string;
  /** Replaces `{id}`. */
  readonly id?: string;
  /** Query parameters of the listing beside those of paging. */
  readonly filters?: readonly string[];
  /** Whether Clever pages this listing. Default `true`. */
  readonly isPaged?: boolean;
}

/** Turns operations into requests, and answers into records. Knows Clever's parameters and envelopes, and no resource. */
export class ResourceApi {
  readonly #context: ScopeContext;

  constructor(context: ScopeContext) {
    this.#context = context;
  }

  /** A lazy listing of the operation's records. Bad parameters throw here and now, before anything is sent. */
  list<Kind extends RecordKind, Item = RecordTypes[Kind]>(
    operation: Operation<Kind>,
    params: (CallOptions & ListOptions) | undefined = {},
  ): Paginated<Item> {
    const { call, kind, path, id, filters = [], isPaged = true } = operation;
    const { transport, authorization, apiVersion, advice, ...defaults } = this.#context;
    const takesPaging = isPaged && defaults.pageSize !== undefined;
    assertKnownKeys(call, params, [...(takesPaging ? PAGING_KEYS : []), ...filters, ...CALL_KEYS]);
    const { pageSize, prefetch = defaults.prefetch, from, validation = defaults.validation, ...rest } = params;
    checkPaging(call, pageSize, prefetch, from);
    const pathTemplate = `/${apiVersion}${path}`;
    const query = filterValues(call, rest as Record<string, unknown>, filters);
    const limit = takesPaging ? (pageSize ?? defaults.pageSize) : undefined;
    const start = buildPath(pathTemplate, idOf(id), limit === undefined ? query : { limit: String(limit), ...query });
    return new Paginated<Item>({
      transport,
      method: 'GET',
      pathTemplate,
      path: from === undefined ? start : resumePath(from, start, pathTemplate, pageSize === undefined),
      authorization,
      options: requestOptions(rest),
      prefetch,
      advice,
      finish: (record) => deliver({ transport, method: 'GET', pathTemplate, validation }, kind, record) as Item,
    });
  }

  /** One record. */
  async get<Kind extends RecordKind, Item = RecordTypes[Kind]>(
    operation: Operation<Kind>,
    options: CallOptions = {},
  ): Promise<Item> {
    const { call, kind, path, id } = operation;
    assertKnownKeys(call, options, CALL_KEYS);
    const { transport, authorization, apiVersion, advice } = this.#context;
    const { validation = this.#context.validation } = options;
    const pathTemplate = `/${apiVersion}${path}`;
    const { json } = await transport.send({
      method: 'GET',
      pathTemplate,
      path: buildPath(pathTemplate, idOf(id)),
      authorization,
      options: requestOptions(options),
      advice,
    });
    const record = readSingleEnvelope(json, 'GET', pathTemplate);
    return deliver({ transport, method: 'GET', pathTemplate, validation }, kind, record) as Item;
  }

  /** How many records there are, by `count=true`, which Clever combines with no other parameter. */
  async count(call: string, path: string, options: RequestOptions = {}): Promise<number> {
    assertKnownKeys(call, options, REQUEST_KEYS);
    const { transport, authorization, apiVersion, advice } = this.#context;
    const pathTemplate = `/${apiVersion}${path}`;
    const { json } = await transport.send({
      method: 'GET',
      pathTemplate,
      path: buildPath(pathTemplate, {}, { count: 'true' }),
      authorization,
      options,
      advice,
    });
    const count = readCount(json);
    if (count === undefined) {
      throw notAnEnvelope('GET', pathTemplate);
    }
    return count;
  }
}

function idOf(id: string | undefined): Record<string, string> {
  return id === undefined ? {} : { id };
}

function requestOptions(options: RequestOptions): RequestOptions {
  return Object.fromEntries(
    REQUEST_KEYS.filter((key) => options[key] !== undefined).map((key) => [key, options[key]]),
  ) as RequestOptions;
}

function checkPaging(call: string, pageSize: unknown, prefetch: unknown, from: unknown): void {
  if (pageSize !== undefined && !isIntegerBetween(pageSize, 1, MAX_PAGE_SIZE)) {
    throw new CleverConfigError(
      `${call}: \`pageSize\` must be a whole number from 1 to 10000. Clever refuses more with status 413.`,
    );
  }
  if (!isIntegerBetween(prefetch, 0, 100)) {
    throw new CleverConfigError(`${call}: \`prefetch\` must be a whole number of pages from 0 to 100.`);
  }
  if (from !== undefined && typeof from !== 'string') {
    throw new CleverConfigError(`${call}: \`from\` must be the \`cursor\` of a page, a string.`);
  }
}

function isIntegerBetween(value: unknown, low: number, high: number): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= low && value <= high;
}

/** Clever checks for invalid parameters since v2.0, so an empty filter is refused here rather than sent. */
function filterValues(
  call: string,
  params: Record<string, unknown>,
  filters: readonly string[],
): Record<string, string> {
  const query: Record<string, string> = {};
  for (const name of filters) {
    const value = params[name];
    if (value === undefined || value === false) {
      continue;
    }
    if ((typeof value !== 'string' && value !== true) || value === '') {
      throw new CleverConfigError(`${call}: \`${name}\` must not be empty. Leave it out to see everything.`);
    }
    query[name] = String(value);
  }
  return query;
}

/** The answer to `count=true` is undocumented for v3: `{"count": n}` is inferred from older clients, with or without `data`. */
function readCount(json: unknown): number | undefined {
  const body = json as { count?: unknown; data?: { count?: unknown } } | null | undefined;
  const count = body?.count ?? body?.data?.count;
  return typeof count === 'number' && Number.isInteger(count) && count >= 0 ? count : undefined;
}
