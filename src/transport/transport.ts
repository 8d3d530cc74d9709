import { CleverConfigError, isCleverError } from '../errors/index.js';
import { lazily } from '../lazily.js';
import { addCaller, rememberCaller } from './caller.js';
import type { ClientEvent } from './events.js';
import { resolveRequestOptions } from './options.js';
import type { Transport, TransportConfig, TransportRequest, TransportResponse } from './request.js';
import type { PreparedRequest } from './send.js';
import { resolveLink } from './url.js';

const sending = /* @__PURE__ */ lazily(() => import('./send.js'));

/** Creates the transport to one origin. Sends nothing yet; the first request loads what sends. */
export function createTransport(config: TransportConfig): Transport {
  const emit = (event: ClientEvent): void => observe(config.onEvent, event);
  return Object.freeze({
    origin: config.origin,
    emit,
    async send(request: TransportRequest): Promise<TransportResponse> {
      const caller = rememberCaller();
      try {
        const prepared = prepare(config, request);
        const { Call } = await sending();
        return await new Call(config, prepared, emit).perform();
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
  return {
    request,
    options: resolveRequestOptions(config.defaults, request.options, request.defaultTimeoutMs),
    url: config.origin + pathOnOrigin(config.origin, request),
    body: request.body === undefined ? undefined : toJson(request),
  };
}

/** The last guard before the token leaves: whatever the layers above made of a link or cursor, it stays on the origin. */
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

/** An observer's trouble is its own, also when it comes later as a rejection. */
function observe(onEvent: TransportConfig['onEvent'], event: ClientEvent): void {
  try {
    const returned: unknown = onEvent?.(event);
    if (typeof returned === 'object') {
      Promise.resolve(returned).catch(() => undefined);
    }
  } catch {
    // Nothing of the observer's may reach the call.
  }
}
