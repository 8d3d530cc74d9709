import { getRequestListener } from '@hono/node-server';
import { describeLogin } from './login-spec.js';

/** `clever.login` itself, on web-standard handlers: what the integrations are measured by. */
describeLogin({
  name: 'clever.login',
  version: 'on web-standard handlers',
  entry: 'clever-sdk',
  redirectPaths: ['/auth/clever/callback'],
  withoutEmail: 'none',
  button: '/auth/clever',
  start({ clever, secret }) {
    const sessions = new Map<string, unknown>();
    const sessionOf = (request: Request): string =>
      /session=([\w-]+)/u.exec(request.headers.get('cookie') ?? '')?.[1] ?? '';
    const login = clever.login({
      cookieSecret: secret,
      onLogin({ identity, request, returnTo }) {
        const id = crypto.randomUUID();
        sessions.delete(sessionOf(request));
        sessions.set(id, { id: identity.id, email: identity.email, role: identity.role });
        return new Response(null, {
          status: 302,
          headers: { location: returnTo, 'set-cookie': `session=${id}; Path=/` },
        });
      },
      onRepeat: ({ request }) =>
        sessions.has(sessionOf(request)) ? new Response(null, { status: 302, headers: { location: '/' } }) : undefined,
    });
    const answer = (request: Request): Response | Promise<Response> => {
      switch (new URL(request.url).pathname) {
        case '/auth/clever':
          return login.start(request);
        case '/auth/clever/callback':
          return login.callback(request);
        default:
          return Response.json(sessions.get(sessionOf(request)) ?? null);
      }
    };
    return { listener: getRequestListener(answer, { overrideGlobalObjects: false }) };
  },
  whoIs: async (visitor, origin) => (await (await visitor.request(origin)).json()) ?? undefined,
});
