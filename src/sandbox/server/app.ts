import { Hono } from 'hono';
import { cannot, json, Refusal } from '../clever/api/answers.js';
import { attendanceApi } from '../clever/api/attendance.js';
import { dataApi } from '../clever/api/data.js';
import { eventsApi } from '../clever/api/events.js';
import {
  authentication,
  everyAnswer,
  faultAnswers,
  onlyGrantedVersions,
  onlyPathsOfApi,
  preflight,
  rateLimit,
  tokenInForm,
} from '../clever/api/gate.js';
import { identityApi } from '../clever/api/identity.js';
import { lmsConnectApi } from '../clever/api/lms/lms-connect.js';
import { recordedRefusals } from '../clever/api/recorded.js';
import { browserApi } from '../clever/browser/api.js';
import type { Env } from '../clever/context.js';
import { oauthApi } from '../clever/oauth/api.js';
import { unknownPage } from '../clever/pages/unknown-page.js';
import type { Control } from '../control/control.js';
import { dashboardApi } from '../control/dashboard/api.js';

/**
 * Makes the app that answers for all of Clever, at any origin: `/oauth` belongs to clever.com, the rest to
 * api.clever.com.
 */
export function makeApp(control: Control): Hono<Env> {
  const app = new Hono<Env>();
  app.use(everyAnswer);
  app.route('/', dashboardApi(control));
  app.use('/oauth/*', faultAnswers);
  app.route('/oauth', oauthApi());
  app.all('/oauth/*', unknownPage);
  app.route('/', browserApi());
  app.use(preflight, onlyPathsOfApi);
  app.on('POST', '/userinfo', tokenInForm);
  app.use(rateLimit, faultAnswers, onlyGrantedVersions);
  // Before the authentication of the other APIs, because LMS Connect words its refusals differently.
  app.route('/v3.1', lmsConnectApi());
  app.use(authentication, recordedRefusals);
  app.route('/', identityApi());
  app.route('/v3.0', eventsApi('v3.0'));
  app.route('/v3.1', eventsApi('v3.1'));
  app.route('/v3.1', attendanceApi());
  app.route('/v3.0', dataApi('v3.0'));
  app.route('/v3.1', dataApi('v3.1'));
  app.notFound((context) => cannot(context.req.method, context.req.path));
  app.onError((error) =>
    error instanceof Refusal
      ? error.toResponse()
      : json({ error: 'The sandbox failed. Please report this as a bug' }, 500),
  );
  return app;
}
