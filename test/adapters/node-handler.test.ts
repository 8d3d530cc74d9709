import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type NodeExchange, toNodeHandler, type WebHandler } from 'clever-sdk';
import express, { type Request as ExpressRequest, type Response as ExpressResponse, type NextFunction } from 'express';
import fastify from 'fastify';
import { afterEach, describe, expect, it } from 'vitest';

const ORIGIN = 'https://app.example.com';
const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** The handler on Node's `http`; failures answer 599. */
const onNode = (handler: WebHandler, origin = ORIGIN): Promise<string> => {
  const handle = toNodeHandler(handler, origin);
  return serve((request, response) => {
    handle(request, response).catch(() => response.writeHead(599).end());
  });
};

const echo: WebHandler = ({ url, method, headers }) =>
  Response.json({ url, method, cookie: headers.get('cookie'), via: headers.get('via') });

describe('toNodeHandler()', () => {
  it.each(['app.example.com', 'https://app.example.com/', 'https://app.example.com/path', ''])(
    'refuses the origin %j',
    (origin) => {
      expect(() => toNodeHandler(() => new Response(), origin)).toThrow(/public origin/u);
    },
  );

  it('passes the body of a POST on, in pieces or whole, and none of a GET', async () => {
    const form = await onNode(async (request) => new Response(`${request.method} ${await request.text()}`));
    const post = (body: RequestInit['body']) =>
      fetch(form, { method: 'POST', body, duplex: 'half' } as RequestInit).then((answer) => answer.text());
    expect(await post(new URLSearchParams({ name: 'Zoë', of: 'a&b' }))).toBe('POST name=Zo%C3%AB&of=a%26b');
    const pieces = ['a'.repeat(70_000), 'b', 'c'.repeat(70_000)];
    const stream = new ReadableStream({
      pull(controller) {
        const piece = pieces.shift();
        piece === undefined ? controller.close() : controller.enqueue(new TextEncoder().encode(piece));
      },
    });
    expect(await post(stream)).toMatch(/^POST a{70000}bc{70000}$/u);
    expect(await post(undefined)).toBe('POST ');
    expect(await (await fetch(form)).text()).toBe('GET ');
  });

  it('answers without reading a body that the handler does not read, and goes on with the connection', async () => {
    const ignoring = await onNode(() => new Response('not read', { status: 403 }));
    for (let round = 0; round < 3; round += 1) {
      const answer = await fetch(ignoring, { method: 'POST', body: 'x'.repeat(200_000) });
      expect([answer.status, await answer.text()]).toEqual([403, 'not read']);
    }
  });

  it.each([true, false])('passes the body on in Express, where its parser has read it: %s', async (isParsed) => {
    const app = express();
    if (isParsed) {
      app.use(express.urlencoded());
    }
    const handle = toNodeHandler(async (request) => new Response(await request.text()), ORIGIN);
    app.post('/form', (request: ExpressRequest, response: ExpressResponse) => handle(request, response));
    const origin = await serve(app);
    const answer = await fetch(`${origin}/form`, { method: 'POST', body: new URLSearchParams({ a: '1' }) });
    expect(await answer.text()).toBe(isParsed ? '' : 'a=1');
  });

  it("leaves HTTP/2's own fields out, and answers methods that a Request cannot have", async () => {
    const handle = toNodeHandler(
      (request) => new Response([...request.headers.keys()].join()),
      'https://app.example.com',
    );
    const answers: { status: number; body: string }[] = [];
    const respond = () => {
      const response = { statusCode: 200, getHeader: () => undefined, setHeader: () => undefined };
      const end = (body?: Uint8Array): void => {
        answers.push({ status: response.statusCode, body: new TextDecoder().decode(body) });
      };
      return Object.assign(response, { end });
    };
    await handle({ method: 'GET', url: '/', headers: { ':path': '/', accept: '*/*' } }, respond());
    await handle({ method: 'TRACE', url: '/', headers: {} }, respond());
    expect(answers).toEqual([
      { status: 200, body: 'accept' },
      { status: 501, body: '' },
    ]);
  });

  it('gives the handler the stated origin, whatever Host and X-Forwarded-Host say', async () => {
    const url = await onNode(echo);
    const response = await fetch(`${url}/a/b?c=d&c=%2F`, { headers: { 'x-forwarded-host': 'forged.example' } });
    expect(await response.json()).toMatchObject({ url: `${ORIGIN}/a/b?c=d&c=%2F`, method: 'GET' });
  });

  it('does not mistake a path for a host', async () => {
    const url = await onNode(echo);
    const response = await fetch(`${url}//forged.example/path`);
    expect(await response.json()).toMatchObject({ url: `${ORIGIN}/forged.example/path` });
  });

  it('passes cookies and other headers on', async () => {
    const url = await onNode(echo);
    const response = await fetch(url, { headers: { cookie: 'a=1; b=2', via: '1.1 proxy' } });
    expect(await response.json()).toMatchObject({ cookie: 'a=1; b=2', via: '1.1 proxy' });
  });

  it('passes on several cookies, the status and the headers of the response separately', async () => {
    const url = await onNode(() => {
      const headers = new Headers({ location: '/next', vary: 'a' });
      headers.append('vary', 'b');
      headers.append('set-cookie', 'one=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT');
      headers.append('set-cookie', 'two=2');
      return new Response(null, { status: 303, headers });
    });
    const response = await fetch(url, { redirect: 'manual' });
    expect(response.status).toBe(303);
    expect(response.headers.get('location')).toBe('/next');
    expect(response.headers.get('vary')).toBe('a, b');
    expect(response.headers.getSetCookie()).toEqual(['one=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT', 'two=2']);
  });

  it('adds its cookies to those that the framework has already set', async () => {
    const app = express();
    app.use((_request, response, next) => {
      response.cookie('framework', 'kept');
      next();
    });
    app.get(
      '/',
      toNodeHandler(() => new Response(null, { headers: { 'set-cookie': 'ours=1' } }), ORIGIN),
    );
    const response = await fetch(await serve(app));
    const names = response.headers.getSetCookie().map((cookie) => cookie.split('=')[0]);
    expect(names.toSorted()).toEqual(['framework', 'ours']);
  });

  it("passes the server's own request and response beside the web-standard request", async () => {
    const app = express();
    app.use((request, response, next) => {
      Object.assign(request, { session: { visits: 7 } });
      response.locals['requestId'] = 'request-1';
      next();
    });
    app.get(
      '/',
      toNodeHandler((request, { req, res }: NodeExchange<ExpressRequest, ExpressResponse>) => {
        res.cookie('framework', 'kept');
        const { session } = req as unknown as { session: { visits: number } };
        return Response.json([new URL(request.url).origin, session.visits, res.locals['requestId'], req.ip !== '']);
      }, ORIGIN),
    );
    const response = await fetch(await serve(app));
    expect(await response.json()).toEqual([ORIGIN, 7, 'request-1', true]);
    expect(response.headers.getSetCookie()[0]).toMatch(/^framework=kept/u);
  });

  it('takes the origin from the Host header if none is stated', async () => {
    const handle = toNodeHandler(echo);
    const url = await serve((request, response) => {
      handle(request, response).catch(() => response.writeHead(599).end());
    });
    expect(await (await fetch(`${url}/a?b=c`)).json()).toMatchObject({ url: `${url}/a?b=c` });
  });

  it.each([undefined, '', 'not a host', 'a/b', '@'])('survives the Host header %j without an origin', async (host) => {
    const urls: string[] = [];
    const handle = toNodeHandler((request) => {
      urls.push(request.url);
      return new Response();
    });
    const response = { statusCode: 0, getHeader: () => undefined, setHeader: () => undefined, end: () => undefined };
    await handle({ method: 'GET', url: '/path', headers: { host } }, response);
    expect(urls[0]).toMatch(/^http:\/\/[\w.]+\/path$/u);
  });

  it('answers HEAD without a body', async () => {
    const url = await onNode(() => new Response('a body'));
    const response = await fetch(url, { method: 'HEAD' });
    expect([response.status, await response.text()]).toEqual([200, '']);
  });

  it('passes on bytes that are not text unchanged', async () => {
    const bytes = new Uint8Array([0xff, 0xd8, 0x00, 0xfe]);
    const url = await onNode(() => new Response(bytes));
    expect(new Uint8Array(await (await fetch(url)).arrayBuffer())).toEqual(bytes);
  });

  it('keeps the full path below a mounted Express router', async () => {
    const router = express.Router();
    router.get('/callback', toNodeHandler(echo, ORIGIN));
    const app = express().use('/auth/clever', router);
    const response = await fetch(`${await serve(app)}/auth/clever/callback?code=1`);
    expect(await response.json()).toMatchObject({ url: `${ORIGIN}/auth/clever/callback?code=1` });
  });
});

describe('a handler that fails', () => {
  const failing: WebHandler = () => Promise.reject(new Error('the session store is down'));

  it("rejects on Node's http, before anything is sent", async () => {
    expect((await fetch(await onNode(failing))).status).toBe(599);
  });

  it("reaches Express's error handler", async () => {
    const app = express();
    app.get('/', toNodeHandler(failing, ORIGIN));
    app.use((error: Error, _request: ExpressRequest, response: ExpressResponse, _next: NextFunction) => {
      response.status(503).send(error.message);
    });
    const response = await fetch(await serve(app));
    expect([response.status, await response.text()]).toEqual([503, 'the session store is down']);
  });

  it("reaches Fastify's error handler", async () => {
    const app = fastify();
    const handle = toNodeHandler(failing, ORIGIN);
    app.get('/', async (request, reply) => {
      await handle(request.raw, reply.raw);
      reply.hijack();
    });
    app.setErrorHandler((error: Error, _request, reply) => reply.code(503).send(error.message));
    await app.ready();
    const response = await fetch(await serve((request, response) => app.routing(request, response)));
    expect([response.status, await response.text()]).toEqual([503, 'the session store is down']);
  });
});
