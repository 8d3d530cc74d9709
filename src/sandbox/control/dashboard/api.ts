import { Hono } from 'hono';
import type { Env } from '../../clever/context.js';
import { refusalPage } from '../../clever/pages/refusal.js';
import { REGISTER } from '../../clever/pages/unknown-client-page.js';
import { type Control, FORMS } from '../control.js';
import { triggerApi } from '../trigger/api.js';
import { addFault, clearFaults, clearRequests, formHandler, moveClock, reset } from './actions.js';
import { changeDistrict } from './change-district.js';
import { dashboardPage } from './dashboard-page.js';
import { localOnly } from './local-only.js';
import { registerRedirectUri } from './register-redirect-uri.js';

/** Makes the dashboard: one page, and the forms on it. */
export function dashboardApi(control: Control): Hono<Env> {
  const api = new Hono<Env>();
  // Before the check of the dashboard, which answers with a page.
  api.post(`${FORMS}/trigger`, triggerApi(control));
  api.get('/', localOnly, (context) => dashboardPage(context, control));
  api.use(`${FORMS}/*`, localOnly);
  api.post(`${FORMS}/faults`, formHandler(addFault, control));
  api.post(`${FORMS}/faults/clear`, formHandler(clearFaults, control));
  api.post(`${FORMS}/requests/clear`, formHandler(clearRequests, control));
  api.post(`${FORMS}/clock`, formHandler(moveClock, control));
  api.post(`${FORMS}/reset`, formHandler(reset, control));
  api.post(REGISTER, registerRedirectUri(control));
  api.post(`${FORMS}/districts`, formHandler(changeDistrict, control));
  api.all(`${FORMS}/*`, (context) =>
    refusalPage(
      context,
      404,
      'No page has this address',
      'The dashboard has its pages at the start page. Addresses that begin with /sandbox only receive its forms.',
    ),
  );
  return api;
}
