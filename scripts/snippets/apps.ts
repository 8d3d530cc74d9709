import type { Express } from 'express';
import type { FastifyInstance } from 'fastify';

/** A session that lasts for one request: enough for libraries that start one at the end of a login. */
const session = () => ({
  regenerate: (done: (error?: unknown) => void) => done(),
  save: (done: (error?: unknown) => void) => done(),
});

/** An app of Express with sessions. */
export async function expressApp(): Promise<Express> {
  const [{ default: express }, { default: passport }] = await Promise.all([import('express'), import('passport')]);
  passport.serializeUser((_user, done) => done(null, 'user'));
  const app = express();
  app.set('trust proxy', true);
  app.use((request, _response, next) => {
    Object.assign(request, { session: session() });
    next();
  });
  return app;
}

/** An app of Fastify with sessions. */
export async function fastifyApp(): Promise<FastifyInstance> {
  const { default: fastify } = await import('fastify');
  const app = fastify({ trustProxy: true });
  app.addHook('onRequest', async (request) => {
    Object.assign(request, { session: { regenerate: async () => undefined } });
  });
  return app;
}
