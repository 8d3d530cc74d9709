/** The login in Express 4 or 5, with express-session. */
import { cleverOptionsFromEnv, createCleverClient, type NodeExchange, toNodeHandler } from 'clever-sdk';
import express, { type Response as ExpressResponse, type Request } from 'express';
import session from 'express-session';

declare module 'express-session' {
  interface SessionData {
    user?: { readonly id: string; readonly email: string | undefined; readonly role: string | undefined };
  }
}

type Context = NodeExchange<Request, ExpressResponse>;

const clever = createCleverClient(cleverOptionsFromEnv(process.env));
const secret = process.env['COOKIE_SECRET'] ?? '';
const redirect = (location: string) => new Response(null, { status: 303, headers: { location } });

const login = clever.login<Context>({
  cookieSecret: secret,
  onLogin: async ({ identity: { id, email, role }, returnTo, context: { req } }) => {
    await new Promise<void>((resolve, reject) =>
      req.session.regenerate((error) => (error ? reject(error) : resolve())),
    );
    req.session.user = { id, email, role };
    return redirect(returnTo);
  },
  onRepeat: ({ context: { req } }) => (req.session.user === undefined ? undefined : redirect('/')),
});

const app = express();
const secure = process.env['CLEVER_REDIRECT_URI']?.startsWith('https:') === true;
app.use(
  session({ name: 'session', secret, resave: false, saveUninitialized: false, cookie: { sameSite: 'lax', secure } }),
);
app.get(
  '/auth/clever',
  toNodeHandler((request, context: Context) => login.start(request, { context })),
);
app.get(
  '/auth/clever/callback',
  toNodeHandler((request, context: Context) => login.callback(request, { context })),
);
app.get('/', (request, response) => void response.json(request.session.user ?? null));
app.listen(Number(process.env['PORT'] ?? 3000));
