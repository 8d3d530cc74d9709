import { CleverConfigError } from '../errors/index.js';
import { assertKnownKeys } from '../options/known-keys.js';
import { type ListOptions, Paginated, resume } from '../pagination/index.js';
import type { Delivery, ValidationMode } from '../records/index.js';
import type { RecordKind, RecordTypes } from '../schemas/record.js';
import {
  buildPath,
  MAX_RESPONSE_BYTES,
  type Query,
  REQUEST_KEYS,
  type RequestOptions,
  type TransportRequest,
} from '../transport/index.js';
import { isObject } from '../util/is-object.js';
import { keysOf } from '../util/keys-of.js';
import { lazily } from '../util/lazily.js';
import { omitUndefined } from '../util/omit-undefined.js';
import { CALL_KEYS, type CallOptions, type ClientContext } from './context.js';
import type { BareOperation, DeleteOperation, ListOperation, Operation, WriteOperation } from './operation.js';
import { checkPaging, filterValues, type RepeatOptions } from './parameters.js';

type PagingOptions = Omit<ListOptions, keyof RequestOptions>;
const PAGING_KEYS = keysOf<Omit<PagingOptions, 'parallel'>>()({ pageSize: true, prefetch: true, from: true });
const PARALLEL_KEYS = keysOf<Pick<PagingOptions, 'parallel'>>()({ parallel: true });
const REPEAT_KEYS = keysOf<RepeatOptions>()({ isSafeToRepeat: true });
const MAX_PAGE_SIZE = 10_000;
/** The limit of answers that hold an identity, a token or a number. */
const SMALL = { defaultMaxResponseBytes: MAX_RESPONSE_BYTES.identity };

/** Loads the code that sends, reads and checks, at the first request or the first read of a listing. */
export const loadEngine = /* @__PURE__ */ lazily(() => import('./engine.js'));

/**
 * Turns operations into requests and answers into records. It knows Clever's parameters and envelopes, but
 * no resources.
 */
export class ResourceApi {
  readonly #context: ClientContext;

  constructor(context: ClientContext) {
    this.#context = context;
  }

  /**
   * Returns a lazy listing of the operation's records. Invalid parameters throw immediately, before
   * anything is sent.
   */
  list<Kind extends RecordKind, Item = RecordTypes[Kind]>(
    operation: ListOperation<Kind>,
    params: (CallOptions & ListOptions) | undefined = {},
  ): Paginated<Item> {
    const { call, filters = [], ownOptions = [], isPaged = true, isSequential = false, hasOpaqueCursor } = operation;
    const { maxPageSize = MAX_PAGE_SIZE } = operation;
    const { authorization, ...defaults } = this.#context;
    // A district's token may ask for pages of any list, so that all lists can be called in the same way. They are only
    // sent where Clever has them.
    const mayPage = defaults.pageSize !== undefined;
    const mayShare = mayPage && !isSequential && hasOpaqueCursor !== true;
    const canShare = mayShare && isPaged;
    const pagingKeys = [...(mayPage ? PAGING_KEYS : []), ...(mayShare ? PARALLEL_KEYS : [])];
    assertKnownKeys(call, omitUndefined(params), [...pagingKeys, ...ownOptions, ...filters, ...CALL_KEYS]);
    const { pageSize, prefetch = defaults.prefetch, from, parallel = 1, validation } = params;
    checkPaging(call, maxPageSize, { pageSize, prefetch, from, parallel });
    const limit = isPaged ? defaults.pageSize && (pageSize ?? Math.min(defaults.pageSize, maxPageSize)) : undefined;
    const filtered = filterValues(call, params, filters);
    const query = { limit, ...operation.query, ...filtered, starting_after: operation.startingAfter };
    const { pathTemplate, path, advice } = this.#target(operation, query);
    const keepsPageSize = pageSize === undefined;
    const position =
      from === undefined
        ? { path }
        : resume(from, path, pathTemplate, { filters, keepsPageSize, mayHaveParts: canShare });
    const listing = {
      ...this.#delivery(operation, 'GET', pathTemplate, validation),
      ...position,
      authorization,
      options: requestOptions(params),
      defaultTimeoutMs: operation.defaultTimeoutMs,
      defaultMaxResponseBytes: operation.defaultMaxResponseBytes ?? MAX_RESPONSE_BYTES.page,
      prefetch,
      parallel: canShare ? parallel : 1,
      hasOpaqueCursor,
      beforeReading: operation.beforeReading,
      advice,
    };
    return new Paginated<Item>(listing, loadEngine);
  }

  /** Reads one record. */
  async get<Kind extends RecordKind, Item = RecordTypes[Kind]>(
    operation: Operation<Kind>,
    options: CallOptions = {},
  ): Promise<Item> {
    assertKnownKeys(operation.call, options, CALL_KEYS);
    const { json, pathTemplate } = await this.#send(operation, 'GET', options);
    const { deliver, readSingleEnvelope } = await loadEngine();
    const record = readSingleEnvelope(json, 'GET', pathTemplate, { id: operation.id, ...operation.ids });
    return (await deliver(this.#delivery(operation, 'GET', pathTemplate, options.validation), record)) as Item;
  }

  /** Reads one record that Clever sends without an envelope. */
  async getBare<Kind extends RecordKind>(
    operation: BareOperation<Kind>,
    options: CallOptions = {},
  ): Promise<RecordTypes[Kind]> {
    assertKnownKeys(operation.call, options, CALL_KEYS);
    const { json, pathTemplate } = await this.#send({ ...operation, ...SMALL }, 'GET', options);
    const { deliver, notAnEnvelope, refuseErrorIn } = await loadEngine();
    if (!isObject(json) || operation.isUsable?.(json) === false) {
      throw notAnEnvelope('GET', pathTemplate);
    }
    refuseErrorIn(json, 'GET', pathTemplate);
    return deliver(this.#delivery(operation, 'GET', pathTemplate, options.validation), json);
  }

  /** Returns the number of records. Sends `count=true`, which Clever does not combine with any other parameter. */
  async count(call: string, path: string, options: RequestOptions = {}): Promise<number> {
    assertKnownKeys(call, options, REQUEST_KEYS);
    const { json, pathTemplate } = await this.#send({ call, path, ...SMALL }, 'GET', options, {
      query: { count: 'true' },
    });
    const count = readCount(json);
    const { notAnEnvelope, refuseErrorIn } = await loadEngine();
    if (!isObject(json) || count === undefined) {
      throw notAnEnvelope('GET', pathTemplate);
    }
    refuseErrorIn(json, 'GET', pathTemplate);
    return count;
  }

  /** Writes a record and returns it as stored. Sends it only once, unless the caller allows repeating. */
  async write<Kind extends RecordKind>(
    operation: WriteOperation<Kind>,
    body: object,
    options: CallOptions & RepeatOptions = {},
  ): Promise<RecordTypes[Kind]> {
    const { call, method } = operation;
    assertKnownKeys(call, options, [...REPEAT_KEYS, ...CALL_KEYS]);
    if (!isObject(body) || Object.keys(body).length === 0) {
      throw new CleverConfigError(`${call} needs a non-empty object with the members to write.`);
    }
    const isSafeToRepeat = checkRepeat(call, options);
    const { json, pathTemplate } = await this.#send(operation, method, options, { body, isSafeToRepeat });
    const { deliver, readSingleEnvelope } = await loadEngine();
    const record = readSingleEnvelope(json, method, pathTemplate);
    return deliver(this.#delivery(operation, method, pathTemplate, options.validation), record);
  }

  /** Deletes a record. Sends the request only once, unless the caller allows repeating. */
  async delete(operation: DeleteOperation, options: RequestOptions & RepeatOptions = {}): Promise<void> {
    const { call } = operation;
    assertKnownKeys(call, options, [...REPEAT_KEYS, ...REQUEST_KEYS]);
    await this.#send(operation, 'DELETE', options, { isSafeToRepeat: checkRepeat(call, options) });
  }

  async #send(
    operation: DeleteOperation,
    method: TransportRequest['method'],
    options: RequestOptions,
    { query = {}, ...extra }: Pick<TransportRequest, 'body' | 'isSafeToRepeat'> & { query?: Query } = {},
  ): Promise<{ json: unknown; pathTemplate: string }> {
    const { transport, authorization } = this.#context;
    const target = this.#target(operation, query);
    const { json } = await transport.send({
      method,
      ...target,
      authorization,
      options: requestOptions(options),
      defaultTimeoutMs: operation.defaultTimeoutMs,
      defaultMaxResponseBytes: operation.defaultMaxResponseBytes,
      ...extra,
    });
    return { json, pathTemplate: target.pathTemplate };
  }

  #target(operation: DeleteOperation, query: Query): Target {
    const { id, ids, advice } = operation;
    const pathTemplate = this.#templateOf(operation);
    return {
      pathTemplate,
      path: buildPath(pathTemplate, { id, ...ids }, query),
      advice: advice === undefined ? [this.#context.advice] : [this.#context.advice, advice],
    };
  }

  #templateOf({ path, isVersioned = true }: Pick<DeleteOperation, 'path' | 'isVersioned'>): string {
    return isVersioned ? `/${this.#context.apiVersion}${path}` : path;
  }

  #delivery<Kind extends RecordKind>(
    { kind, arrange }: Operation<Kind>,
    method: TransportRequest['method'],
    pathTemplate: string,
    validation: ValidationMode = this.#context.validation,
  ): Delivery<Kind> {
    const { transport, sensitiveFields } = this.#context;
    return { transport, method, pathTemplate, kind, validation, sensitiveFields, arrange };
  }
}

type Target = Pick<TransportRequest, 'pathTemplate' | 'path' | 'advice'>;

function requestOptions(options: RequestOptions): RequestOptions {
  return Object.fromEntries(
    REQUEST_KEYS.filter((key) => options[key] !== undefined).map((key) => [key, options[key]]),
  ) as RequestOptions;
}

function checkRepeat(call: string, { isSafeToRepeat = false }: RepeatOptions): boolean {
  if (typeof isSafeToRepeat !== 'boolean') {
    throw new CleverConfigError(`${call}: \`isSafeToRepeat\` must be true or false.`);
  }
  return isSafeToRepeat;
}

/**
 * Reads the answer to `count=true`, which is undocumented for v3: `{"count": n}`, with or without `data`, is inferred
 * from older clients.
 */
function readCount(json: unknown): number | undefined {
  const body = json as { count?: unknown; data?: { count?: unknown } } | null | undefined;
  const count = body?.count ?? body?.data?.count;
  return typeof count === 'number' && Number.isInteger(count) && count >= 0 ? count : undefined;
}
