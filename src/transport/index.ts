export { bearer } from './bearer.js';
export type { RateBudgetChange, RateBudgetStore } from './budget/index.js';
export type {
  ClientEvent,
  PageEvent,
  RequestEvent,
  ResponseEvent,
  RetryEvent,
  ValidationEvent,
  WaitEvent,
} from './events.js';
export { checkRequestOptions, REQUEST_DEFAULTS } from './options.js';
export { createTransport } from './transport.js';
export type {
  Advice,
  Authorization,
  FetchFunction,
  RequestOptions,
  RetryOptions,
  Transport,
  TransportConfig,
  TransportRequest,
  TransportResponse,
} from './types.js';
export { buildPath, type Query, resolveLink } from './url.js';
