import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type AppClientOptions, type CleverClient, createCleverClient } from 'clever-sdk';
import { createSandbox, type Sandbox } from 'clever-sdk/sandbox';
import { test } from 'vitest';
import { Browser, locationOf } from '../support/browser.js';

export const CALLBACK_PATH = '/auth/clever/callback';
export const COOKIE_SECRET = 'canary0cookie0secret0of0at0least032bytes';

export const TEACHER = {
  id: '5f1000000000000000000001',
  name: { first: 'Canaryfirst', last: 'Canarylast' },
  email: 'canary-teacher@school.example',
  roles: { teacher: {} },
} as const;
export const STUDENT = {
  id: '5f1000000000000000000002',
  name: { first: 'Canarykid', last: 'Canaryson' },
  roles: { student: { grade: '3' } },
} as const;

const DISTRICT_ID = '5f1000000000000000000010';

/** A framework's app on a port of its own, with the sandbox that it logs people in by. */
export interface Stage {
  readonly origin: string;
  readonly sandbox: Sandbox;
  readonly clever: CleverClient;
  readonly listen: (listener: RequestListener) => void;
  /** A browser in which this person is signed in at Clever. */
  readonly browser: (person?: { readonly id: string }) => Browser;
  /** The callback that the browser is about to call: after the button, or without `state` from the portal. */
  readonly comeBack: (browser: Browser, start?: string) => Promise<URL>;
  readonly comeFromPortal: (browser: Browser) => Promise<URL>;
}

/** A test with a stage, whose app it adds by `stage.listen`. */
export const it = test.extend<{ clientOptions: Partial<AppClientOptions>; stage: Stage }>({
  clientOptions: {},
  stage: async ({ clientOptions }, use) => {
    let listener: RequestListener = (_request, response) => response.writeHead(404).end();
    const server = createServer((request, response) => listener(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
    const sandbox = createSandbox({
      redirectUris: [`${origin}${CALLBACK_PATH}`],
      clock: () => Date.now(),
      districts: [{ district: { id: DISTRICT_ID }, users: [TEACHER, STUDENT], connection: 'both' }],
    });
    const clever = createCleverClient({ ...sandbox.clientOptions(), ...clientOptions } as AppClientOptions);
    await use({
      origin,
      sandbox,
      clever,
      listen: (given) => {
        listener = given;
      },
      browser: (person = TEACHER) => new Browser({ 'https://clever.com': (asked) => sandbox.fetch(as(person, asked)) }),
      comeBack: async (browser, start = '/auth/clever') => {
        const away = locationOf(await browser.send(`${origin}${start}`));
        return locationOf(await browser.send(away));
      },
      comeFromPortal: async (browser) => {
        const url = new URL('https://clever.com/oauth/instant-login');
        url.searchParams.set('client_id', sandbox.clientOptions().clientId);
        url.searchParams.set('district_id', DISTRICT_ID);
        return locationOf(await browser.send(url));
      },
    });
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  },
});

/** Clever knows the person from its own session. */
function as({ id }: { readonly id: string }, request: Request): Request {
  const url = new URL(request.url);
  url.searchParams.set('sandbox_user', id);
  return new Request(url, request);
}
