import { Hono } from 'hono';
import { browserApi } from '../browser/api.js';
import { dashboardApi } from '../dashboard/api.js';
import { oauthApi } from '../oauth/api.js';
import { cannot, json, Refusal } from './answers.js';
import { attendanceApi } from './attendance.js';
import type { Env } from './context.js';
import { dataApi } from './data.js';
import { eventsApi } from './events.js';
import { authentication, everyAnswer, failures, onlyGrantedVersions, rateLimit } from './gate.js';
import { identityApi } from './identity.js';
import { lmsConnectApi } from './lms-connect.js';

/** Everything that Clever answers, at whatever origin it is asked: `/oauth` is clever.com's, the rest api.clever.com's. */
export function makeApp(): Hono<Env> {
  const app = new Hono<Env>();
  app.use(everyAnswer);
  app.route('/', dashboardApi());
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
