import { getRequestListener } from '@hono/node-server';
import { type CleverVariables, cleverAuth } from 'clever-sdk/hono';
import { Hono as Newest } from 'hono';
import { getSignedCookie, setSignedCookie } from 'hono/cookie';
import { Hono as Lowest } from 'hono-lowest';
import * as lowestCookie from 'hono-lowest/cookie';
import { describeLogin } from './login-spec.js';
import { versionOf, type Who } from './stage.js';

const HONO = {
  hono: { Hono: Newest, getSignedCookie, setSignedCookie },
  'hono-lowest': { Hono: Lowest as unknown as typeof Newest, ...(lowestCookie as object as Cookies) },
};

interface Cookies {
  readonly getSignedCookie: typeof getSignedCookie;
  readonly setSignedCookie: typeof setSignedCookie;
}

for (const name of ['hono-lowest', 'hono'] as const) {
  const { Hono, ...cookies } = HONO[name];

  describeLogin({
    name: 'Hono',
    version: versionOf(name),
    entry: 'clever-sdk/hono',
    redirectPaths: ['/auth/clever/callback'],
    withoutEmail: 'none',
    button: '/auth/clever',
    start({ clever: client, secret }) {
      const app = new Hono<{ Variables: CleverVariables }>();
      app.use('/auth/clever/*', cleverAuth({ client, cookieSecret: secret }));
      app.get('/auth/clever/callback', async (c) => {
        const { identity, returnTo } = c.get('clever');
        const { id, email, role } = identity;
        await cookies.setSignedCookie(c, 'session', JSON.stringify({ id, email, role }), secret, { path: '/' });
        return c.redirect(returnTo);
      });
      app.get('/', async (c) => {
        const session = await cookies.getSignedCookie(c, secret, 'session');
        return c.json(session ? JSON.parse(session) : null);
      });
      return { listener: getRequestListener(app.fetch, { overrideGlobalObjects: false }) };
    },
    whoIs: async (visitor, origin) => ((await (await visitor.request(origin)).json()) as Who | null) ?? undefined,
  });
}
