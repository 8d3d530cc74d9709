import { CleverConfigError, isCleverError } from '../errors/index.js';
import { addCaller, rememberCaller } from './caller.js';
import type { ClientEvent } from './events.js';
import { resolveRequestOptions } from './options.js';
import type { Transport, TransportConfig, TransportRequest, TransportResponse } from './request.js';
import type { PreparedRequest, sendRequest } from './send.js';
import { resolveLink } from './url.js';

/** What a transport sends with. */
export interface Sender {
  readonly sendRequest: typeof sendRequest;
}

/**
 * Creates the transport to one origin. Sends nothing yet.
 *
 * @param loadSender - Called for each request; the first one loads what sends.
 */
export function createTransport(config: TransportConfig, loadSender: () => Sender | Promise<Sender>): Transport {
  const emit = (event: ClientEvent): void => observe(config.onEvent, event);
  return Object.freeze({
    origin: config.origin,
    emit,
    async send(request: TransportRequest): Promise<TransportResponse> {
      const caller = rememberCaller();
      try {
        const prepared = prepare(config, request);
        const sender = await loadSender();
        return await sender.sendRequest(config, prepared, emit);
      } catch (error) {
        if (isCleverError(error)) {
          addCaller(error, caller);
        }
        throw error;
      }
    },
  });
}

function prepare(config: TransportConfig, request: TransportRequest): PreparedRequest {
  const { options, defaultTimeoutMs, defaultMaxResponseBytes } = request;
  return {
    request,
    options: resolveRequestOptions(config.defaults, options, defaultTimeoutMs, defaultMaxResponseBytes),
    url: config.origin + pathOnOrigin(config.origin, request),
    body: request.body === undefined ? undefined : toJson(request),
  };
}

/**
 * The last check before the token is sent: whatever the layers above made of a link or cursor, it stays on
 * the origin.
 */
function pathOnOrigin(origin: string, { path, pathTemplate }: TransportRequest): string {
  const resolved = path.startsWith('/') ? resolveLink(origin, path) : undefined;
  if (resolved === undefined) {
    throw new CleverConfigError(`${pathTemplate}: the path leads away from the configured origin. Nothing was sent.`);
  }
  return resolved;
}

function toJson({ body, pathTemplate }: TransportRequest): string {
  try {
    return JSON.stringify(body);
  } catch {
    throw new CleverConfigError(`${pathTemplate}: the body cannot be written as JSON.`);
  }
}

/** An error of the observer does not reach the call, nor does a later rejection. */
function observe(onEvent: TransportConfig['onEvent'], event: ClientEvent): void {
  try {
    const returned: unknown = onEvent?.(event);
    if (typeof returned === 'object') {
      Promise.resolve(returned).catch(() => undefined);
    }
  } catch {
    // See above.
  }
}
