import { Hono } from 'hono';
import { askToSignOut, endSession, pickPerson } from '../browser/sign-in.js';
import type { Env } from '../context.js';
import { certificates } from '../oidc/metadata.js';
import { answerConsent, authorize, instantLogin } from './authorize.js';
import { exchangeCode, listDistrictTokens, tokenInfo } from './tokens.js';

/** Makes the paths below `https://clever.com/oauth`. Their answers have no rate-limit headers (observed). */
export function oauthApi(): Hono<Env> {
  const api = new Hono<Env>();
  api.get('/authorize', authorize);
  api.get('/instant-login', instantLogin);
  api.post('/consent', answerConsent);
  api.post('/sign-in', pickPerson);
  api.get('/logout', askToSignOut);
  api.post('/logout', endSession);
  api.get('/certs', certificates);
  api.post('/tokens', exchangeCode);
  api.get('/tokens', listDistrictTokens);
  api.get('/tokeninfo', tokenInfo);
  return api;
}
