export { requestIdOf } from './attempt.js';
export { bearer } from './bearer.js';
export {
  type BudgetOf,
  budgetOver,
  processBudget,
  type RateBudgetChange,
  type RateBudgetStore,
} from './budget/index.js';
export type {
  ClientEvent,
  PageEvent,
  RequestEvent,
  ResponseEvent,
  RetryEvent,
  ValidationEvent,
  WaitEvent,
} from './events.js';
export { adaptFetch } from './fetch.js';
export { createTransport } from './http.js';
export { checkRequestOptions, REQUEST_DEFAULTS } from './options.js';
export type {
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
