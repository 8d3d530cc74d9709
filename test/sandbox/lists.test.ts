import { describe, expect, it } from 'vitest';
import { ask, firstId, idsOf, link, readAll, small } from './support.js';

const sandbox = small();

describe('a list', () => {
  it('wraps each record with its own link, versioned and relative', async () => {
    const { body, headers } = await ask(sandbox, '/v3.0/schools');
    expect(body.data.map(({ data, uri }) => uri === `/v3.0/schools/${data.id}`)).toEqual([true, true, true]);
    expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
  });

  it('is ascending by id and holds 100 records unless asked otherwise', async () => {
    const ids = idsOf(await ask(sandbox, '/v3.1/users'));
    expect(ids).toHaveLength(100);
    expect(ids).toEqual([...ids].sort());
  });

  it('leads through all records by `next`, with `prev` after the first page and no `next` on the last', async () => {
    const seen: string[] = [];
    const links: string[] = [];
    let path: string | undefined = '/v3.1/users?limit=40&role=student';
    while (path !== undefined) {
      const answer = await ask(sandbox, path);
      expect(link(answer, 'self')).toBe(path);
      links.push((answer.body.links ?? []).map(({ rel }) => rel).join(' '));
      seen.push(...idsOf(answer));
      path = link(answer, 'next');
    }
    expect(links).toEqual(['self next', 'self prev']);
    expect(seen).toEqual((await readAll(sandbox, '/v3.1/users')).filter(isStudent).map(({ id }) => id));
  });

  it('writes links as Clever does', async () => {
    const first = await ask(sandbox, '/v3.0/terms?limit=3');
    const [, second, third] = idsOf(first);
    expect(link(first, 'next')).toBe(`/v3.0/terms?limit=3&starting_after=${third}`);
    const last = await ask(sandbox, `/v3.0/terms?limit=3&starting_after=${third}`);
    expect(link(last, 'prev')).toBe(`/v3.0/terms?limit=3&ending_before=${idsOf(last)[0]}`);
    expect(idsOf(await ask(sandbox, `/v3.0/terms?ending_before=${third}&limit=1`))).toEqual([second]);
  });

  it('goes back by `prev`, ascending still, to the beginning', async () => {
    const all = (await readAll(sandbox, '/v3.1/users')).map(({ id }) => id);
    const back = await ask(sandbox, `/v3.1/users?limit=10&ending_before=${all[15]}`);
    expect(idsOf(back)).toEqual(all.slice(5, 15));
    expect(link(back, 'next')).toBe(`/v3.1/users?limit=10&starting_after=${all[14]}`);
    const start = await ask(sandbox, link(back, 'prev') ?? '');
    expect(idsOf(start)).toEqual(all.slice(0, 5));
    expect(link(start, 'prev')).toBeUndefined();
  });

  it('is empty and without `next` after the last record', async () => {
    const last = (await readAll(sandbox, '/v3.1/users')).at(-1)?.id;
    const answer = await ask(sandbox, `/v3.1/users?starting_after=${last}`);
    expect(answer.body.data).toEqual([]);
    expect(answer.body.links).toEqual([{ rel: 'self', uri: `/v3.1/users?starting_after=${last}` }]);
  });

  it('accepts a cursor that is no record’s id', async () => {
    const all = (await readAll(sandbox, '/v3.1/users')).map(({ id }) => id);
    const between = `${all[3]?.slice(0, -1)}3z`;
    expect(idsOf(await ask(sandbox, `/v3.1/users?limit=1&starting_after=${between}`))).toEqual([all[4]]);
  });

  it.each([
    ['limit=0', 400],
    ['limit=-1', 400],
    ['limit=ten', 400],
    ['limit=', 400],
    ['limit=1.5', 400],
    ['limit=10000', 200],
    ['limit=10001', 413],
    ['role=wizard', 400],
    ['role=', 400],
    ['starting_after=', 400],
    ['starting_after=a&ending_before=b', 400],
    ['count=true&limit=5', 400],
    ['count=5', 200],
    ['count=', 200],
    ['nonsense=1', 200],
  ])('answers ?%s with %i', async (query, status) => {
    const answer = await ask(sandbox, `/v3.1/users?${query}`);
    expect(answer.status).toBe(status);
    expect(typeof answer.body.error).toBe(status === 200 ? 'undefined' : 'string');
  });

  it('counts with `count=true`, and only collections', async () => {
    const users = await readAll(sandbox, '/v3.1/users');
    expect((await ask(sandbox, '/v3.1/users?count=true')).text).toBe(`{"count":${users.length}}`);
    expect((await ask(sandbox, '/v3.1/districts?count=true')).body.count).toBe(1);
    const school = await firstId(sandbox, 'schools');
    expect((await ask(sandbox, `/v3.1/schools/${school}/users?count=true`)).body.count).toBeUndefined();
  });

  it('of districts contains the token’s own district and is not paged', async () => {
    const answer = await ask(sandbox, '/v3.1/districts?limit=0');
    expect(answer.status).toBe(200);
    expect(idsOf(answer)).toEqual([sandbox.districts[0].id]);
  });

  it.each(['student', 'teacher', 'staff', 'district_admin', 'contact'])(
    'of users by role %s has its holders',
    async (role) => {
      const users = await readAll(sandbox, '/v3.1/users');
      const holders = users.filter((user) => Object.hasOwn(user['roles'] as object, role)).map(({ id }) => id);
      expect(idsOf(await ask(sandbox, `/v3.1/users?limit=10000&role=${role}`))).toEqual(holders);
      expect(holders.length).toBeGreaterThan(0);
    },
  );
});

function isStudent(user: Record<string, unknown>): boolean {
  return Object.hasOwn(user['roles'] as object, 'student');
}
