import { describe, expect } from 'vitest';
import { it } from '../support/fixtures.js';
import { ask, authorize, callbackOf, read } from './support.js';

/* Details of HTTP and OAuth that libraries and browsers depend on, and Clever documents little of. */

const BROWSER = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

describe('preflights', () => {
  it('are answered for the API, and cost no budget', async ({ sandbox }) => {
    for (const path of ['/v3.1/users', '/v3.0/events', '/userinfo', '/me', '/v3.1/sections/x/assignments']) {
      const response = await sandbox.fetch(`https://api.clever.com${path}`, {
        method: 'OPTIONS',
        headers: {
          origin: 'https://app.example',
          'access-control-request-method': 'GET',
          'access-control-request-headers': 'authorization',
        },
      });
      expect([path, response.status, await response.text()]).toEqual([path, 204, '']);
      expect(response.headers.get('access-control-allow-origin')).toBe('*');
      expect(response.headers.get('access-control-allow-methods')).toContain('PATCH');
      expect(response.headers.get('access-control-allow-headers')).toContain('Authorization');
    }
    const { headers } = await ask(sandbox, '/v3.1/schools');
    expect(headers.get('x-ratelimit-remaining')).toBe('1199');
  });

  it('are not answered for the login pages, whose answers have no such headers', async ({ sandbox }) => {
    const response = await sandbox.fetch('https://clever.com/oauth/tokens', { method: 'OPTIONS' });
    expect([response.status, response.headers.get('access-control-allow-origin')]).toEqual([404, null]);
  });
});

describe('unknown paths', () => {
  it.for(['/login', '/favicon.ico', '/oauth/nothing', '/users', '/v', '/mex'])(
    'of clever.com get the HTML 404: %s',
    async (path, { listening }) => {
      for (const headers of [{}, { authorization: `Bearer ${listening.districts[0].token}` }]) {
        const answer = await read(await fetch(`${listening.url}${path}`, { headers }));
        expect([answer.status, answer.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
        expect(answer.text).toContain(`<pre>Cannot GET ${path}</pre>`);
        expect(answer.headers.get('x-ratelimit-limit')).toBeNull();
      }
    },
  );

  it('show a person a page that leads on', async ({ sandbox }) => {
    const response = await sandbox.fetch('https://clever.com/log<in>', { headers: BROWSER });
    const { status, text } = await read(response);
    expect([status, text.includes('Page not found'), text.includes('href="/"')]).toEqual([404, true, true]);
    expect(text).not.toContain('<in>');
  });

  it('of the API need a token first', async ({ sandbox }) => {
    const path = 'https://api.clever.com/v3.1/nothing';
    expect((await sandbox.fetch(path, { headers: BROWSER })).status).toBe(401);
    const answer = await ask(sandbox, '/v3.1/nothing');
    expect([answer.status, answer.headers.get('x-ratelimit-limit')]).toEqual([404, '1200']);
  });
});

describe('a 401', () => {
  it('says how to authenticate', async ({ sandbox }) => {
    const challenge = async (path: string, headers: Record<string, string> = {}) => {
      const response = await sandbox.fetch(`https://clever.com${path}`, { headers });
      return [response.status, response.headers.get('www-authenticate')];
    };
    for (const path of ['/v3.1/users', '/me', '/userinfo', '/oauth/tokeninfo']) {
      expect(await challenge(path)).toEqual([401, 'Bearer realm="clever"']);
      const unknown = await challenge(path, { authorization: 'Bearer unknown' });
      expect(unknown).toEqual([401, 'Bearer realm="clever", error="invalid_token"']);
    }
    expect(await challenge('/oauth/tokens?owner_type=district')).toEqual([401, 'Basic realm="clever"']);
  });
});

describe('/userinfo', () => {
  it('takes the token from a form', async ({ sandbox }) => {
    const { id = '' } = sandbox.people({ role: 'teacher' })[0] ?? {};
    const token = sandbox.userToken({ user: id });
    const post = async (body: string | URLSearchParams, headers: Record<string, string> = {}) =>
      read(await sandbox.fetch('https://api.clever.com/userinfo', { method: 'POST', body, headers }));
    const found = await post(new URLSearchParams({ access_token: token }));
    expect([found.status, found.body]).toMatchObject([200, { sub: id }]);
    // The header counts more.
    const unknown = await post(new URLSearchParams({ access_token: token }), { authorization: 'Bearer x' });
    expect(unknown.status).toBe(401);
    for (const body of ['', 'access_token=', 'access_token=x', 'token=x']) {
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      expect([body, (await post(body, headers)).status]).toEqual([body, 401]);
    }
    expect((await post(JSON.stringify({ access_token: token }))).status).toBe(401);
    const large = new URLSearchParams({ access_token: 'x'.repeat(1_100_000) });
    expect((await post(large)).status).toBe(413);
  });

  it('has the documented keys', async ({ sandbox }) => {
    const user = sandbox.people({ role: 'teacher' }).find(({ email }) => email !== undefined)?.id ?? '';
    const { body } = await ask(sandbox, '/userinfo', sandbox.userToken({ user }));
    expect(Object.keys(body).sort()).toEqual([
      ...['authorized_by', 'district', 'district_id', 'email', 'email_verified', 'family_name', 'given_name'],
      ...['multi_role_user_id', 'name', 'schools', 'sub', 'user_id', 'user_type'],
    ]);
    expect(body).toMatchObject({ schools: [] });
  });
});

describe('/oauth/authorize', () => {
  it('ignores what Clever does not document', async ({ sandbox }) => {
    const more = { scope: 'openid email', prompt: 'none', max_age: '0', login_hint: 'x', ui_locales: 'de' };
    const named = callbackOf(await authorize(sandbox, { ...more, state: 's', sandbox_role: 'teacher' }));
    expect([...named.keys()].sort()).toEqual(['code', 'state']);
    const { status, text } = await read(await authorize(sandbox, more));
    expect([status, text.includes('Log in to My app')]).toEqual([200, true]);
  });

  it('is no page for a POST', async ({ sandbox }) => {
    const response = await sandbox.fetch('https://clever.com/oauth/authorize', {
      method: 'POST',
      body: new URLSearchParams({ client_id: sandbox.clientOptions().clientId, response_type: 'code' }),
    });
    expect([response.status, await response.text()]).toEqual([
      404,
      expect.stringContaining('Cannot POST /oauth/authorize'),
    ]);
  });
});

describe('record_type[]', () => {
  it('is ignored, as any unknown parameter', async ({ sandbox }) => {
    const [district] = sandbox.districts;
    district.courses.create({ name: 'Botany' });
    district.update({ error: 'for a while' });
    const count = async (query: string) => (await ask(sandbox, `/v3.1/events?${query}`)).body.data.length;
    expect([
      await count('record_type=courses'),
      await count('record_type=courses&record_type=districts'),
      await count('record_type[]=courses'),
    ]).toEqual([1, 2, 2]);
  });
});
