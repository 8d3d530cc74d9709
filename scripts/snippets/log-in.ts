import { once } from 'node:events';
import { createServer, request as httpRequest, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as readText } from 'node:stream/consumers';
import type { SandboxPerson } from 'clever-sdk/sandbox';
import { Browser, type Site } from '../../test/support/browser.ts';
import { APP_ORIGIN, type World } from './world.ts';

/** What people log in to: a login of the SDK's, a handler, or an app of a framework. */
export type LoginTarget =
  | Site
  | { start(request: Request): Promise<Response>; callback(request: Request): Promise<Response> }
  | { fetch(request: Request): Response | Promise<Response> }
  | RequestListener
  | { ready(): PromiseLike<unknown>; routing: RequestListener }; // Fastify

/** How a person logs in. */
export interface LogInOptions {
  /** Where the person begins. Default `/auth/clever`, where the app's button leads. */
  readonly path?: string;
  /** Default: the path after the start, `/auth/clever/callback`. */
  readonly callback?: string;
  /** What the button sends, where it does not lead to an address; the answer says where to go as `url`. */
  readonly post?: object;
}

const MAX_REDIRECTS = 10;
/** A function with two parameters or more takes the request and the response of Node. */
const NODE_PARAMETERS = 2;

/**
 * Returns a function that logs a person in as a browser does, and fails when the app does not let them in: the answer
 * to the callback has to be a page, or a redirect into the app.
 */
export function logIn(world: World): (target: LoginTarget, options?: LogInOptions) => Promise<void> {
  return async (target, { path = '/auth/clever', callback = '/auth/clever/callback', post } = {}) => {
    const sandbox = await world.sandbox();
    const person = await world.person({ role: 'teacher' });
    const site = await siteOf(world, target, callback);
    world.site = site;
    const browser = new Browser({
      [APP_ORIGIN]: site,
      'https://clever.com': (request) => sandbox.fetch(request),
    });
    let url = new URL(path, APP_ORIGIN);
    if (post !== undefined) {
      const headers = { 'content-type': 'application/json', origin: APP_ORIGIN };
      const answer = await browser.send(url, { method: 'POST', headers, body: JSON.stringify(post) });
      url = atClever(person, new URL(((await answer.json()) as { readonly url: string }).url));
    }
    for (let redirects = 0; redirects < MAX_REDIRECTS; redirects += 1) {
      const answer = await browser.send(url);
      const hasArrived = url.pathname === callback && url.searchParams.has('code');
      const location = answer.headers.get('location');
      if (hasArrived) {
        return refuseFailure(answer, location);
      }
      if (location === null) {
        throw new Error(`The login ends at ${url.pathname}, with status ${answer.status} and before the callback.`);
      }
      url = atClever(person, new URL(location, url));
    }
    throw new Error('The redirects of the login do not end.');
  };
}

/**
 * Opens a handler of the app's as a browser does that keeps cookies, until it leads elsewhere, and fails when an answer
 * is neither a page nor a redirect.
 */
export async function visit(handler: Site, path: string): Promise<void> {
  const browser = new Browser({ [APP_ORIGIN]: handler });
  let url = new URL(path, APP_ORIGIN);
  for (let redirects = 0; redirects < MAX_REDIRECTS; redirects += 1) {
    const { status, headers } = await browser.send(url);
    if (status >= 400) {
      throw new Error(`${url.pathname} answers ${status}.`);
    }
    const next = new URL(headers.get('location') ?? url, url);
    if (next.pathname !== url.pathname || next.href === url.href) {
      return;
    }
    url = next;
  }
  throw new Error(`The redirects of ${path} do not end.`);
}

/** The same address; at Clever's login, with the person who logs in. */
function atClever(person: SandboxPerson, url: URL): URL {
  return url.pathname === '/oauth/authorize' ? new URL(person.loginUrl(url)) : url;
}

function refuseFailure(answer: Response, location: string | null): void {
  const leadsAway = location !== null && /^https:\/\/clever\.com|login|error/u.test(location);
  if (answer.status >= 400 || leadsAway) {
    throw new Error(`The app refuses the login: its callback answers ${answer.status} ${location ?? ''}`.trim());
  }
}

async function siteOf(world: World, target: LoginTarget, callback: string): Promise<Site> {
  if ('start' in target) {
    return (request) => (new URL(request.url).pathname === callback ? target.callback(request) : target.start(request));
  }
  if ('ready' in target) {
    await target.ready();
    return overNode(world, target.routing);
  }
  if ('fetch' in target) {
    return (request) => target.fetch(request);
  }
  return target.length >= NODE_PARAMETERS ? overNode(world, target as RequestListener) : (target as Site);
}

/** Serves an app of Node's on loopback, as a proxy that ends TLS does and passes the `Host` header on. */
async function overNode(world: World, listener: RequestListener): Promise<Site> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  world.closeLater(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return async (request) => {
    const { pathname, search, host } = new URL(request.url);
    const body = Buffer.from(await request.arrayBuffer());
    const headers = {
      ...Object.fromEntries(request.headers),
      host, // `fetch` does not let a caller set it
      'content-length': String(body.length),
      'x-forwarded-proto': 'https',
      'x-forwarded-host': host,
    };
    const sent = httpRequest({ port, host: '127.0.0.1', path: pathname + search, method: request.method, headers });
    sent.end(body);
    const [answer] = (await once(sent, 'response')) as [IncomingMessage];
    return webResponse(answer);
  };
}

async function webResponse(answer: IncomingMessage): Promise<Response> {
  const headers = Object.entries(answer.headersDistinct).flatMap(([name, values = []]) =>
    values.map((value): [string, string] => [name, value]),
  );
  const { statusCode: status = 0 } = answer;
  const text = await readText(answer);
  return new Response(text === '' ? null : text, { status, headers });
}
