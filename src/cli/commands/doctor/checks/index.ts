import type { Check } from '../check.js';
import { apiVersion } from './api-version.js';
import { app } from './app.js';
import { clock } from './clock.js';
import { credentials } from './credentials.js';
import { districtState } from './district-state.js';
import { districts } from './districts.js';
import { endpoints } from './endpoints.js';
import { events } from './events.js';
import { network } from './network.js';
import { node } from './node.js';
import { rateLimit } from './rate-limit.js';
import { redirectUris } from './redirect-uris.js';
import { scopes } from './scopes.js';
import { districtToken, libraryToken } from './tokens.js';

/** Every check, in the order in which one builds on another. */
export const CHECKS: readonly Check[] = [
  node,
  credentials,
  network,
  clock,
  app,
  redirectUris,
  districts,
  districtToken,
  libraryToken,
  scopes,
  apiVersion,
  districtState,
  endpoints,
  events,
  rateLimit,
];
