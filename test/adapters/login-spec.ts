import { request as nodeRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type MakeApp, type Stage, setStage } from './stage.js';
import { Visitor } from './visitor.js';

/**
 * What every server does with the login, however it is built: `/` answers with the person who is logged in,
 * as JSON.
 *
 * @param knowsOnlyHost - Whether the server takes the origin of a request from its `Host` header.
 */
export function describeLogin(server: string, makeApp: MakeApp, { knowsOnlyHost = false } = {}): void {
  describe(`a login served by ${server}`, () => {
    let stage: Stage;
    beforeAll(async () => {
      stage = await setStage(makeApp);
    });
    afterAll(() => stage.close());

    const personOf = (role: 'student' | 'teacher') => {
      const [person] = stage.sandbox.people({ role, connection: 'district' });
      if (person === undefined) {
        throw new Error(`The sandbox has no ${role}.`);
      }
      return person;
    };
    const start = (): string => `${stage.origin}/auth/clever`;

    it('logs in the person who logged in at Clever', async () => {
      const person = personOf('teacher');
      const response = await new Visitor().open(start(), person.id);
      expect(response.status).toBe(200);
      expect(await response.json()).toMatchObject({ id: person.id, connection: 'district' });
    });

    it("takes up a login that began at Clever's", async () => {
      const person = personOf('student');
      const { clientId } = stage.sandbox.clientOptions();
      const query = new URLSearchParams({
        client_id: clientId,
        district_id: person.districtId,
        sandbox_user: person.id,
      });
      const response = await new Visitor().open(`${stage.sandbox.url}/oauth/instant-login?${query}`, person.id);
      expect(await response.json()).toMatchObject({ id: person.id });
    });

    it('sends both cookies of a callback: the login cookie and the session cookie', async () => {
      const visitor = new Visitor();
      const callback = await visitor.request(await visitor.callbackUrl(start(), personOf('teacher').id));
      const names = callback.headers.getSetCookie().map((cookie) => cookie.split('=')[0]);
      expect(names.toSorted()).toEqual(['clever_login', 'session']);
      expect(callback.headers.get('location')).toBe('/');
    });

    it('returns the person to the page that they came from', async () => {
      const visitor = new Visitor();
      const started = `${start()}?returnTo=/shelf%3Fpage%3D2`;
      const callback = await visitor.request(await visitor.callbackUrl(started, personOf('teacher').id));
      expect(callback.headers.get('location')).toBe('/shelf?page=2');
    });

    it('does not spend the code of a HEAD or POST to the callback', async () => {
      const visitor = new Visitor();
      const person = personOf('teacher');
      const url = await visitor.callbackUrl(start(), person.id);
      const head = await visitor.request(url, { method: 'HEAD' });
      const post = await visitor.request(url, { method: 'POST', body: new URLSearchParams() });
      expect([head.status, post.status].every((status) => status === 405 || status === 404)).toBe(true);
      expect([...head.headers.getSetCookie(), ...post.headers.getSetCookie()]).toEqual([]);
      expect(await (await visitor.open(url, person.id)).json()).toMatchObject({ id: person.id });
    });

    it('shows a page and logs no one in for a state that it never sent', async () => {
      const visitor = new Visitor();
      const page = await visitor.request(`${start()}/callback?code=canary-code&state=canary-state`);
      expect(page.status).toBe(400);
      expect(page.headers.get('content-type')).toContain('text/html');
      expect(await page.text()).not.toContain('canary');
      expect(await (await visitor.request(`${stage.origin}/`)).json()).toBeNull();
    });

    it('shows a page when Clever fails during the exchange', async () => {
      const visitor = new Visitor();
      const url = await visitor.callbackUrl(start(), personOf('teacher').id);
      stage.sandbox.faults.add({ path: '/oauth/tokens', status: 500 });
      const page = await visitor.request(url);
      expect(page.status).toBeGreaterThanOrEqual(400);
      expect(await page.text()).toContain('Try again');
    });

    it('never redirects to a forged host', async () => {
      const { status, headers } = await withHost(start(), 'forged.example');
      expect(JSON.stringify(headers)).not.toContain('forged.example');
      if (knowsOnlyHost) {
        expect(status).toBe(400);
        return;
      }
      expect(status).toBe(302);
      const location = new URL(headers['location'] ?? '');
      expect(location.origin).toBe(stage.sandbox.url);
      expect(location.searchParams.get('redirect_uri')).toBe(`${stage.origin}/auth/clever/callback`);
    });

    it('moves a browser at another name of this machine to the name of the redirect URI', async () => {
      const other = stage.origin.replace('localhost', '127.0.0.1');
      const person = personOf('teacher');
      const response = await new Visitor().open(`${other}/auth/clever?returnTo=/`, person.id);
      expect(response.url).toBe(`${stage.origin}/`);
      expect(await response.json()).toMatchObject({ id: person.id });
    });
  });
}

/** Sends a request with headers that a proxy or an attacker may set; `fetch` itself would send the true ones. */
function withHost(url: string, host: string): Promise<{ status: number; headers: Record<string, string | undefined> }> {
  const { promise, resolve, reject } = Promise.withResolvers<Awaited<ReturnType<typeof withHost>>>();
  const headers = { host, 'x-forwarded-host': host, 'x-forwarded-proto': 'https' };
  nodeRequest(url, { headers }, (response) => {
    response.resume();
    resolve({
      status: response.statusCode ?? 0,
      headers: Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name, String(value)])),
    });
  })
    .on('error', reject)
    .end();
  return promise;
}
