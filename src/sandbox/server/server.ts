import { bearerToken } from '../clever/api/gate.js';
import { type Control, isDashboard } from '../control/control.js';
import { RateLimiter } from '../world/access/rate-limiter.js';
import type { Fault } from '../world/faults/fault.js';
import type { Faults } from '../world/faults/faults.js';
import { effectsOf } from '../world/faults/members.js';
import type { LogEntry, RequestLog } from '../world/log/request-log.js';
import type { World } from '../world/world.js';
import { makeApp } from './app.js';
import { changeAnswer, changesJson } from './effects/change.js';
import { movedAddress } from './effects/cursors.js';
import { readEnvelope } from './effects/envelope.js';
import { changeHeaders } from './effects/headers.js';
import { idsOf } from './effects/pages.js';
import { harmlessQuery } from './log/harmless-query.js';
import { PathTemplates } from './log/path-templates.js';
import { senderOf } from './log/sender.js';
import { tokenOf } from './log/token.js';

/**
 * How a request ends: with a whole answer, with one that breaks off, or with none. The carrier of the
 * answer, a socket or a promise, decides how it breaks off.
 */
export type Exchange =
  | { readonly ending: 'whole'; readonly response: Response }
  /** Half of the body arrives; then the connection is closed (`truncated`), reset (`reset`) or idle (`silent`). */
  | { readonly ending: 'partial'; readonly response: Response; readonly how: 'truncated' | 'reset' | 'silent' }
  /**
   * The body arrives in parts over a period of time; call `onAbandoned` when the caller stops waiting for
   * the rest.
   */
  | { readonly ending: 'slow'; readonly response: Response; readonly overMs: number; readonly onAbandoned: () => void }
  | { readonly ending: 'reset' }
  /** The host name cannot be resolved. */
  | { readonly ending: 'unreachable' }
  | { readonly ending: 'silent' };

/** The parts that a server needs. */
export interface ServerParts {
  readonly world: () => World;
  readonly faults: Faults;
  readonly log: RequestLog;
  readonly clock: () => number;
  readonly control: Control;
}

/** Makes one exchange of one request, however the request arrived. */
export class Server {
  readonly #app: ReturnType<typeof makeApp>;
  readonly #paths: PathTemplates;
  readonly #parts: ServerParts;
  /** Used for what a fault looks up, because that is not a request of the app. */
  readonly #unlimited: RateLimiter;

  constructor(parts: ServerParts) {
    this.#parts = parts;
    this.#app = makeApp(parts.control);
    this.#paths = new PathTemplates(new Set(this.#app.routes.map(({ path }) => path)));
    this.#unlimited = new RateLimiter({ limit: Number.MAX_SAFE_INTEGER, windowMs: 60_000 }, parts.clock);
  }

  async handle(request: Request): Promise<Exchange> {
    const url = new URL(request.url);
    if (isDashboard(url)) {
      return { ending: 'whole', response: await this.#answer(request, undefined) };
    }
    const entry = this.#begin(request, url);
    const planned = this.#parts.faults.take({ request, url, districtId: () => this.#districtOf(request) });
    if (planned === undefined) {
      const response = await this.#answer(request, undefined);
      entry.ends('answered', response);
      return { ending: 'whole', response };
    }
    const { fault } = planned;
    const failing = { fault, effects: effectsOf(fault), entry, giveBack: () => planned.giveBack() };
    return await this.#fail(request, url, failing);
  }

  async #fail(request: Request, url: URL, { fault, effects, entry, giveBack }: Failing): Promise<Exchange> {
    entry.meets(effects);
    const { signal } = request;
    if (fault.delayMs !== undefined) {
      await delay(fault.delayMs, signal);
    }
    if (signal.aborted) {
      entry.ends('aborted');
      return { ending: 'silent' };
    }
    if (fault.hang === true) {
      signal.addEventListener('abort', () => entry.ends('aborted'), { once: true });
      return { ending: 'silent' };
    }
    if (fault.resetConnection === true || fault.dnsFailure === true) {
      entry.ends('reset');
      return { ending: fault.dnsFailure === true ? 'unreachable' : 'reset' };
    }
    const moved = await movedAddress(url, fault, (address) => this.#readIds(address, request));
    const sent = moved === undefined ? request : new Request(moved, request);
    const answer = await this.#answer(sent, fault);
    const changed = changesJson(fault) ? await changeAnswer(answer, fault, url, moved ?? url) : answer;
    if (changed === undefined) {
      giveBack();
      entry.meets([]);
      entry.ends('answered', answer);
      return { ending: 'whole', response: answer };
    }
    changeHeaders(changed.headers, fault);
    return end(changed, fault, signal, entry);
  }

  #answer(request: Request, fault: Fault | undefined): Promise<Response> {
    return this.#ask(request, this.#parts.world(), fault);
  }

  async #ask(request: Request, world: World, fault: Fault | undefined): Promise<Response> {
    return await this.#app.fetch(request, { world, fault, now: this.#parts.clock() });
  }

  async #readIds(address: URL, { headers }: Request): Promise<string[]> {
    const world = { ...this.#parts.world(), rateLimiter: this.#unlimited };
    const response = await this.#ask(new Request(address, { headers }), world, undefined);
    const envelope = response.ok ? readEnvelope(await response.text()) : undefined;
    return envelope === undefined ? [] : idsOf(envelope);
  }

  #districtOf({ headers }: Request): string | undefined {
    const token = bearerToken(headers.get('authorization') ?? undefined);
    return token === undefined ? undefined : this.#parts.world().grants.resolve(token)?.district.id;
  }

  #begin({ method, headers }: Request, url: URL): LogEntry {
    const { pathname, searchParams } = url;
    return this.#parts.log.begin({
      method,
      path: this.#paths.of(pathname),
      query: harmlessQuery(searchParams),
      from: senderOf(url, headers),
      ...tokenOf(headers.get('authorization'), this.#parts.world().grants),
    });
  }
}

/** A request that meets a fault. */
interface Failing {
  readonly fault: Fault;
  readonly effects: readonly string[];
  readonly entry: LogEntry;
  readonly giveBack: () => void;
}

function end(response: Response, fault: Fault, signal: AbortSignal, entry: LogEntry): Exchange {
  if (fault.hang === 'body') {
    entry.ends('pending', response);
    signal.addEventListener('abort', () => entry.ends('aborted'), { once: true });
    return { ending: 'partial', response, how: 'silent' };
  }
  if (fault.truncateBody === true || fault.resetConnection === 'body') {
    entry.ends('truncated', response);
    return { ending: 'partial', response, how: fault.truncateBody === true ? 'truncated' : 'reset' };
  }
  entry.ends('answered', response);
  return fault.slowBodyMs === undefined
    ? { ending: 'whole', response }
    : { ending: 'slow', response, overMs: fault.slowBodyMs, onAbandoned: () => entry.ends('aborted') };
}

/** Waits. An abort ends the wait early; the carrier of the answer handles the abort. */
function delay(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(finish, milliseconds);
    function finish(): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', finish);
      resolve();
    }
    signal.addEventListener('abort', finish);
  });
}
