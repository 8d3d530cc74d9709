import { Hono } from 'hono';
import type { Env } from '../../clever/context.js';
import { FORMS } from '../control.js';
import { addFault, clearFaults, clearRequests, moveClock, reset } from './actions.js';
import { changeDistrict } from './change-district.js';
import { dashboardPage } from './dashboard-page.js';
import { localOnly } from './local-only.js';

/** The dashboard: one page, and the forms on it. */
export function dashboardApi(): Hono<Env> {
  const api = new Hono<Env>();
  api.get('/', localOnly, dashboardPage);
  api.use(`${FORMS}/*`, localOnly);
  api.post(`${FORMS}/faults`, addFault);
  api.post(`${FORMS}/faults/clear`, clearFaults);
  api.post(`${FORMS}/requests/clear`, clearRequests);
  api.post(`${FORMS}/clock`, moveClock);
  api.post(`${FORMS}/reset`, reset);
  api.post(`${FORMS}/districts`, changeDistrict);
  return api;
}
