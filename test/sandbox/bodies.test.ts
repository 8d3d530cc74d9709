import { request } from 'node:http';
import type { Sandbox } from 'clever-sdk/sandbox';
import { describe, expect } from 'vitest';
import { it as itWithSandbox } from '../support/fixtures.js';
import { basic } from './support.js';

const MIB = 1_048_576;
const PIECE = new Uint8Array(65_536).fill(0x61);

/** A body without an end, which counts what is read of it. */
function endless(): { readonly body: ReadableStream<Uint8Array>; readonly bytesRead: () => number } {
  let bytes = 0;
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        bytes += PIECE.length;
        controller.enqueue(PIECE);
      },
    },
    { highWaterMark: 0 },
  );
  return { body, bytesRead: () => bytes };
}

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Every route that reads a body, with credentials that admit the caller. */
const it = itWithSandbox.extend('admitted', async ({ sandbox, district }): Promise<readonly Sent[]> => {
  const sections = await district.sections.list().toArray({ maxItems: 1_000 });
  const section = sections.find(({ lms_status }) => lms_status?.synced_in_lms === true)?.id ?? '';
  const { id } = await district.assignments.create(section, { title: 't', description: 'd', due_date: '2030-01-01' });
  const student = sections.find((one) => one.id === section)?.students?.[0];
  const bearer = { authorization: `Bearer ${sandbox.districts[0].token}` };
  const assignments = `/v3.1/sections/${section}/assignments`;
  const form = (path: string): Sent => ({ method: 'POST', path, headers: { 'sec-fetch-site': 'same-origin' } });
  return [
    { method: 'POST', path: assignments, headers: bearer },
    { method: 'PATCH', path: `${assignments}/${id}`, headers: bearer },
    { method: 'PATCH', path: `${assignments}/${id}/submissions/${student}`, headers: bearer },
    { method: 'POST', path: '/oauth/tokens', headers: { authorization: basic(sandbox) } },
    // The credentials may be in the body.
    { method: 'POST', path: '/oauth/tokens', headers: {} },
    form('/oauth/sign-in'),
    form('/oauth/logout'),
    form('/sandbox/faults'),
    form('/sandbox/clock'),
    form('/sandbox/districts'),
    { method: 'POST', path: '/sandbox/trigger', headers: { 'content-type': 'application/json' } },
  ];
});

function send(sandbox: Sandbox, { method, path, headers }: Sent, body: BodyInit): Promise<Response> {
  const init = { method, headers, body, duplex: 'half' };
  return sandbox.fetch(`http://localhost${path}`, init);
}

describe('a body that is too large', () => {
  it('is refused by its declared length, and not read', async ({ sandbox, admitted }) => {
    for (const sent of admitted) {
      const { body, bytesRead } = endless();
      const declared = { ...sent, headers: { ...sent.headers, 'content-length': String(MIB + 1) } };
      expect([sent.path, (await send(sandbox, declared, body)).status]).toEqual([sent.path, 413]);
      expect(bytesRead()).toBe(0);
    }
  });

  it('is refused without a declared length, after 1 MiB and a piece', async ({ sandbox, admitted }) => {
    for (const sent of admitted) {
      const { body, bytesRead } = endless();
      const answer = await send(sandbox, sent, body);
      expect([sent.path, answer.status]).toEqual([sent.path, 413]);
      expect(await answer.text()).toContain('larger than 1 MiB');
      expect(bytesRead()).toBe(MIB + PIECE.length);
    }
  });

  it.for(['chunked', 'declared'])('is refused over a connection: %s', async (how, { admitted, listening }) => {
    const { hostname, port } = new URL(listening.url);
    for (const { method, path, headers } of admitted) {
      const status = await new Promise<number | undefined>((resolve, reject) => {
        const length = how === 'declared' ? { 'content-length': String(10 * MIB) } : {};
        const outgoing = request({ hostname, port, method, path, headers: { ...headers, ...length } }, (answer) => {
          resolve(answer.statusCode);
          outgoing.destroy();
        });
        // After the answer, the connection may be closed on what is still on its way.
        outgoing.on('error', reject);
        for (let sentBytes = 0; sentBytes < 2 * MIB; sentBytes += PIECE.length) {
          outgoing.write(PIECE);
        }
      });
      expect([path, status]).toEqual([path, 413]);
    }
    expect((await fetch(`${listening.url}/me`)).status).toBe(401);
  });

  it('is not one of exactly 1 MiB', async ({ sandbox, admitted }) => {
    for (const sent of admitted) {
      expect((await send(sandbox, sent, 'a'.repeat(MIB))).status).not.toBe(413);
    }
  });
});

describe('a caller whom the sandbox does not know', () => {
  it('is refused before anything is read', async ({ sandbox, admitted }) => {
    const strangers = [
      { authorization: 'Bearer unknown' },
      { authorization: 'Basic dTpw' },
      { 'sec-fetch-site': 'cross-site' },
    ];
    for (const { method, path } of admitted) {
      const isForm = !/^\/(?:v3|oauth\/tokens)/u.test(path);
      for (const headers of isForm ? strangers.slice(2) : strangers.slice(0, 2)) {
        const { body, bytesRead } = endless();
        const answer = await send(sandbox, { method, path, headers }, body);
        expect([path, answer.status]).toEqual([path, path === '/oauth/tokens' ? 401 : 403]);
        expect(bytesRead()).toBe(0);
      }
    }
  });

  it.for([
    ['POST', '/oauth/consent'],
    ['POST', '/library/install'],
  ] as const)('is sent to the login before a form is read: %s %s', async ([method, path], { sandbox }) => {
    const { body, bytesRead } = endless();
    const { clientId, redirectUri } = sandbox.clientOptions();
    const query = new URLSearchParams({ response_type: 'code', client_id: clientId, redirect_uri: redirectUri });
    const sent = { method, path: `${path}?${query}`, headers: { 'sec-fetch-site': 'same-origin' } };
    expect((await send(sandbox, sent, body)).status).not.toBe(413);
    expect(bytesRead()).toBe(0);
  });
});
