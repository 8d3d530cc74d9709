import { Hono } from 'hono';
import type { Env } from '../http/context.js';
import { authorize, instantLogin } from './authorize.js';
import { exchangeCode, listDistrictTokens, tokenInfo } from './tokens.js';

/** What lives below `https://clever.com/oauth`. Without rate-limit headers (observed). */
export function oauthApi(): Hono<Env> {
  const api = new Hono<Env>();
  api.get('/authorize', authorize);
  api.get('/instant-login', instantLogin);
  api.post('/tokens', exchangeCode);
  api.get('/tokens', listDistrictTokens);
  api.get('/tokeninfo', tokenInfo);
  return api;
}
