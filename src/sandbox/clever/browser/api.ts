import { Hono } from 'hono';
import { faultAnswers } from '../api/gate.js';
import type { Env } from '../context.js';
import { discovery } from '../oidc/metadata.js';
import { askForConsent, install, library, openFromLibrary } from './library.js';
import { signInNamed } from './named-person.js';
import { districtPortal, openFromPortal, portal } from './portal.js';

/** Makes the pages of `https://clever.com` outside `/oauth`, and the discovery document. They have no rate limits. */
export function browserApi(): Hono<Env> {
  const api = new Hono<Env>();
  api.get('/in/:shortname', faultAnswers, signInNamed, districtPortal);
  api.get('/portal', faultAnswers, signInNamed, portal);
  api.get('/portal/app', faultAnswers, openFromPortal);
  api.get('/library', faultAnswers, signInNamed, library);
  api.get('/library/install', faultAnswers, signInNamed, askForConsent);
  api.post('/library/install', faultAnswers, install);
  api.get('/library/open', faultAnswers, signInNamed, openFromLibrary);
  api.get('/.well-known/openid-configuration', faultAnswers, discovery);
  return api;
}
