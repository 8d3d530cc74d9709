import { request } from 'node:http';
import { SandboxError } from 'clever-sdk/sandbox';
import { describe, expect } from 'vitest';
import { it } from '../support/fixtures.js';

interface Reply {
  readonly status: number;
  readonly text: string;
}

/** Sends a request with a `Host` of its own, which `fetch` does not allow. */
function at(url: string | undefined, path: string, host: string, method = 'GET'): Promise<Reply> {
  const { hostname, port } = new URL(url ?? '');
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, path, method, headers: { host } }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text }));
    });
    sent.on('error', reject).end();
  });
}

const ROUTES = [
  ['GET', '/'],
  ['GET', '/v3.1/users'],
  ['GET', '/v3.0/events'],
  ['GET', '/me'],
  ['GET', '/userinfo'],
  ['GET', '/oauth/authorize?client_id=x'],
  ['GET', '/oauth/tokens?owner_type=district'],
  ['POST', '/oauth/tokens'],
  ['GET', '/oauth/certs'],
  ['GET', '/.well-known/openid-configuration'],
  ['GET', '/portal'],
  ['GET', '/in/anything'],
  ['GET', '/library'],
  ['POST', '/sandbox/reset'],
  ['GET', '/nothing'],
] as const;

const FOREIGN = [
  'rebound.example',
  'rebound.example:3789',
  'localhost.evil.example',
  '127.0.0.1.evil.example',
  'evil-clever.com',
  'clever.com.evil.example',
  '192.168.1.2',
  '0.0.0.0',
  '[fe80::1]',
  'user@localhost',
  'localhost.evil',
  'xlocalhost',
];

describe('a listening sandbox', () => {
  it.for(ROUTES)(
    'refuses %s %s at a foreign host, and says which option allows it',
    async ([method, path], { listening }) => {
      for (const host of FOREIGN) {
        const { status, text } = await at(listening.url, path, host, method);
        // A host that is no host name is already refused by the server.
        expect([host, status]).toEqual([host, host.includes('@') ? expect.toBeOneOf([400, 421]) : 421]);
        expect(text).not.toContain('evil');
        if (status === 421) {
          expect(JSON.parse(text)).toEqual({ error: expect.stringContaining('hosts') });
        }
      }
      expect(listening.requests()).toEqual([]);
    },
  );

  it('refuses a target that names another host than its header', async ({ listening }) => {
    expect((await at(listening.url, 'http://rebound.example/v3.1/users', 'localhost')).status).not.toBe(401);
    expect(listening.requests()).toEqual([]);
  });

  it.for([
    'localhost',
    'LOCALHOST:1',
    'localhost.',
    'app.localhost:80',
    '127.0.0.1',
    '127.1.2.3:5',
    '[::1]:3789',
    'clever.com',
    'api.clever.com',
  ])('answers at %s', async (host, { listening }) => {
    expect((await at(listening.url, '/v3.1/users', host)).status).toBe(401);
    expect((await at(listening.url, '/', host)).status).toBe(200);
  });

  it('answers at the hosts that are given, and keeps its dashboard to this machine', async ({ sandbox }) => {
    const { url } = await sandbox.listen({ hosts: ['clever.test', 'HOST.docker.internal', '[fd00::1]', '10.0.0.7'] });
    for (const host of ['clever.test', 'clever.test:8080', 'host.docker.internal', '[fd00::1]:1', '10.0.0.7']) {
      expect([host, (await at(url, '/v3.1/users', host)).status]).toEqual([host, 401]);
    }
    expect((await at(url, '/', 'clever.test')).status).toBe(403);
    expect((await at(url, '/v3.1/users', 'other.test')).status).toBe(421);
  });

  it.for([['a.b:80'], ['http://a.b'], ['a/b'], [''], [' '], ['a b'], [5], ['ok', 'user@a']])(
    'refuses %j as hosts',
    async (hosts, { sandbox }) => {
      await expect(sandbox.listen({ hosts: hosts as string[] })).rejects.toThrow(SandboxError);
      // It can still be started.
      expect((await sandbox.listen()).url).toBeDefined();
    },
  );
});

describe('a sandbox that does not listen', () => {
  it('answers its own fetch at any origin, because no page can call it', async ({ sandbox }) => {
    for (const origin of ['https://clever.com', 'https://api.clever.com', 'https://other.example']) {
      expect((await sandbox.fetch(`${origin}/v3.1/users`)).status).toBe(401);
    }
  });
});
