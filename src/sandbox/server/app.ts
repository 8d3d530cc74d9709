import { Hono } from 'hono';
import { cannot, json, Refusal } from '../clever/api/answers.js';
import { attendanceApi } from '../clever/api/attendance.js';
import { dataApi } from '../clever/api/data.js';
import { eventsApi } from '../clever/api/events.js';
import { authentication, everyAnswer, failures, onlyGrantedVersions, rateLimit } from '../clever/api/gate.js';
import { identityApi } from '../clever/api/identity.js';
import { lmsConnectApi } from '../clever/api/lms/lms-connect.js';
import { browserApi } from '../clever/browser/api.js';
import type { Env } from '../clever/context.js';
import { oauthApi } from '../clever/oauth/api.js';
import type { Control } from '../control/control.js';
import { dashboardApi } from '../control/dashboard/api.js';

/** Everything that Clever answers, at whatever origin it is asked: `/oauth` is clever.com's, the rest api.clever.com's. */
export function makeApp(control: Control): Hono<Env> {
  const app = new Hono<Env>();
  app.use(everyAnswer);
  app.route('/', dashboardApi(control));
  app.use('/oauth/*', failures);
  app.route('/oauth', oauthApi());
  app.all('/oauth/*', (context) => cannot(context.req.method, context.req.path));
  app.route('/', browserApi());
  app.use(rateLimit, failures, onlyGrantedVersions);
  // In front of the authentication of the other APIs: it refuses in its own way.
  app.route('/v3.1', lmsConnectApi());
  app.use(authentication);
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
      : json({ error: 'The sandbox failed: please report this as a bug' }, 500),
  );
  return app;
}
