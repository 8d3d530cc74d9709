import cookie from '@fastify/cookie';
import session from '@fastify/session';
import cleverPlugin from 'clever-sdk/fastify';
import newest, { type FastifyReply, type FastifyRequest } from 'fastify';
import lowest from 'fastify-lowest';
import { describeLogin } from './login-spec.js';
import { versionOf, type Who } from './stage.js';

declare module 'fastify' {
  interface Session {
    user?: Who;
  }
}

const FASTIFY = { fastify: newest, 'fastify-lowest': lowest as unknown as typeof newest };

for (const name of ['fastify-lowest', 'fastify'] as const) {
  describeLogin({
    name: 'Fastify',
    version: versionOf(name),
    entry: 'clever-sdk/fastify',
    redirectPaths: ['/auth/clever/callback'],
    withoutEmail: 'none',
    button: '/auth/clever',
    async start({ clever: client, secret }) {
      const app = FASTIFY[name]();
      app.register(cookie);
      app.register(session, { cookieName: 'session', secret, cookie: { secure: false }, saveUninitialized: false });
      app.register(cleverPlugin<FastifyRequest, FastifyReply>, {
        client,
        cookieSecret: secret,
        prefix: '/auth/clever',
        onLogin: async ({ identity: { id, email, role }, context: { request } }) => {
          await request.session.regenerate();
          request.session.user = { id, email, role };
        },
      });
      app.get('/', async ({ session: { user } }, reply) =>
        reply.type('application/json').send(JSON.stringify(user ?? null)),
      );
      await app.ready();
      return { listener: (request, response) => app.routing(request, response), close: () => app.close() };
    },
    whoIs: async (visitor, origin) => ((await (await visitor.request(origin)).json()) as Who | null) ?? undefined,
  });
}
