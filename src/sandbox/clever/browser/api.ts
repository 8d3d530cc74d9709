import { Hono } from 'hono';
import { failures } from '../api/gate.js';
import type { Env } from '../context.js';
import { discovery } from '../oidc/metadata.js';
import { askForConsent, install, library, openFromLibrary } from './library.js';
import { districtPortal, openFromPortal, portal } from './portal.js';

/** The pages of `https://clever.com` outside `/oauth`, and the discovery document. Without rate limits. */
export function browserApi(): Hono<Env> {
  const api = new Hono<Env>();
  api.get('/in/:shortname', failures, districtPortal);
  api.get('/portal', failures, portal);
  api.get('/portal/app', failures, openFromPortal);
  api.get('/library', failures, library);
  api.get('/library/install', failures, askForConsent);
  api.post('/library/install', failures, install);
  api.get('/library/open', failures, openFromLibrary);
  api.get('/.well-known/openid-configuration', failures, discovery);
  return api;
}
