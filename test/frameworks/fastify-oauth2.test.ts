import cookie from '@fastify/cookie';
import oauth2, { type OAuth2Namespace } from '@fastify/oauth2';
import session from '@fastify/session';
import { cleverEntry } from 'clever-sdk';
import { CLEVER_CONFIGURATION } from 'clever-sdk/fastify';
import fastify from 'fastify';
import { describeLogin } from './login-spec.js';
import { versionOf, type Who } from './stage.js';

declare module 'fastify' {
  interface FastifyInstance {
    clever: OAuth2Namespace;
  }
  interface Session {
    user?: Who;
  }
}

/* An app that stays with @fastify/oauth2: its own state and callback, and the entry for logins that begin at Clever. */
describeLogin({
  name: 'Fastify with cleverEntry',
  version: `@fastify/oauth2 ${versionOf('@fastify/oauth2')}`,
  entry: 'clever-sdk/fastify',
  redirectPaths: ['/auth/clever/entry', '/auth/clever/callback'],
  withoutEmail: 'none',
  button: '/auth/clever',
  async start({ clever, sandbox, origin, secret }) {
    const { clientId, clientSecret } = sandbox.clientOptions();
    const app = fastify();
    app.register(cookie);
    app.register(session, { cookieName: 'session', secret, cookie: { secure: false }, saveUninitialized: false });
    app.register(oauth2, {
      name: 'clever',
      credentials: {
        client: { id: clientId, secret: clientSecret },
        // The sandbox in the place of clever.com.
        auth: { ...CLEVER_CONFIGURATION, tokenHost: sandbox.url, authorizeHost: sandbox.url },
      },
      startRedirectPath: '/auth/clever',
      callbackUri: `${origin}/auth/clever/callback`,
    });
    const entry = cleverEntry(() => '/auth/clever');
    app.get('/auth/clever/entry', async ({ url, method, headers }) =>
      entry(new Request(`${origin}${url}`, { method, headers: headers as Record<string, string> })),
    );
    app.get('/auth/clever/callback', async (request, reply) => {
      const { error } = request.query as { readonly error?: string };
      if (error !== undefined) {
        return reply.code(403).send('Sorry');
      }
      const { token } = await app.clever.getAccessTokenFromAuthorizationCodeFlow(request, reply);
      const { id, email, role } = await clever.oauth.identify(token.access_token);
      await request.session.regenerate();
      request.session.user = { id, email, role };
      return reply.redirect('/');
    });
    app.setErrorHandler(async (_error, _request, reply) => reply.code(400).send('Sorry'));
    app.get('/', async ({ session: { user } }, reply) =>
      reply.type('application/json').send(JSON.stringify(user ?? null)),
    );
    await app.ready();
    return { listener: (request, response) => app.routing(request, response), close: () => app.close() };
  },
  whoIs: async (visitor, origin) => ((await (await visitor.request(origin)).json()) as Who | null) ?? undefined,
});
