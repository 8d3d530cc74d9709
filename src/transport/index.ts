export { bearer } from './bearer.js';
export type { RateBudgetChange, RateBudgetStore } from './budget/index.js';
export type {
  ClientEvent,
  IgnoredWaitEvent,
  IrregularPageEvent,
  PageEvent,
  RequestEvent,
  ResponseEvent,
  RetryEvent,
  ValidationEvent,
  WaitEvent,
} from './events.js';
export type { FetchFunction } from './fetch.js';
export { checkRequestOptions, MAX_RESPONSE_BYTES, REQUEST_DEFAULTS, REQUEST_KEYS } from './options.js';
export type {
  Authorization,
  RequestOptions,
  ServiceClock,
  Transport,
  TransportConfig,
  TransportRequest,
  TransportResponse,
} from './request.js';
export type { RetryOptions } from './retry.js';
export { createTransport } from './transport.js';
export { buildPath, type Query, resolveLink } from './url.js';
