/**
 * The server for the syncs: a district of any size, without any code of the SDK, in its own process. `POST /events?n=…`
 * makes that many events about users, as the newest of the feed. Its first argument is its configuration, as JSON.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { countUpTo, idAt, RecordPool, user } from '../pulls/users.ts';

/** What the server serves. */
export interface DistrictOptions {
  readonly users: number;
  readonly sections: number;
}

const { users, sections } = JSON.parse(process.argv[2] ?? '{}') as DistrictOptions;
const STUDENTS = 25;
const SCHOOLS = 80;
export const DISTRICT = '4f0000000000000000000001';
const people = new RecordPool('users', false);
let eventTexts: { readonly id: string; readonly text: string }[] = [];
let lastSync = '2026-08-19T08:00:00.000Z';

const numbered = (kind: string, index: number): string => `${kind}${String(index).padStart(20, '0')}`;

function section(index: number): object {
  const first = (index * STUDENTS) % users;
  return {
    id: numbered('6a00', index),
    district: DISTRICT,
    school: `4f00000000000000000000${10 + (index % SCHOOLS)}`,
    name: `Section ${index}`,
    sis_id: String(index),
    subject: 'math',
    grade: '5',
    course: numbered('6b00', index % 1_000),
    term_id: numbered('6c00', index % 4),
    period: '1',
    section_number: String(index),
    students: Array.from({ length: STUDENTS }, (_, place) => idAt((first + place) % users)),
    teacher: numbered('7d00', index % 5_000),
    teachers: [numbered('7d00', index % 5_000)],
    created: '2026-08-03T14:05:11.000Z',
    last_modified: '2026-08-19T07:42:30.000Z',
  };
}

const made = (count: number, make: (index: number) => object): string[] =>
  Array.from({ length: count }, (_, index) => JSON.stringify({ data: make(index) }));

const lists: Readonly<Record<string, readonly string[]>> = {
  schools: made(SCHOOLS, (index) => ({
    id: `4f00000000000000000000${10 + index}`,
    district: DISTRICT,
    name: `School ${index}`,
    sis_id: String(index),
    created: '2026-08-03T14:05:11.000Z',
    last_modified: '2026-08-19T07:42:30.000Z',
  })),
  terms: made(4, (index) => ({ id: numbered('6c00', index), district: DISTRICT, name: `Term ${index}` })),
  courses: made(1_000, (index) => ({ id: numbered('6b00', index), district: DISTRICT, name: `Course ${index}` })),
  sections: made(sections, section),
};
const idsOf: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  Object.entries(lists).map(([kind, texts]) => [kind, texts.map((text) => JSON.parse(text).data.id as string)]),
);

function page(collection: string, query: URLSearchParams): string | Buffer {
  const limit = Number(query.get('limit') ?? 100);
  const after = query.get('starting_after');
  const path = `/v3.1/${collection}`;
  const answer = (body: string | Buffer, count: number, total: number, lastId: string): string | Buffer => {
    const links = [{ rel: 'self', uri: path }];
    if (count < total) {
      links.push({ rel: 'next', uri: `${path}?limit=${limit}&starting_after=${lastId}` });
    }
    const tail = `],"links":${JSON.stringify(links)}}`;
    return Buffer.concat([Buffer.from('{"data":['), Buffer.from(body), Buffer.from(tail)]);
  };
  if (collection === 'users') {
    const from = after === null ? 0 : countUpTo(after);
    const to = Math.min(from + limit, users);
    return answer(people.slice(from, to), to, users, to > 0 ? idAt(to - 1) : '');
  }
  const ids = collection === 'events' ? eventTexts.map(({ id }) => id) : (idsOf[collection] ?? []);
  const texts = collection === 'events' ? eventTexts.map(({ text }) => text) : (lists[collection] ?? []);
  const from = after === null ? 0 : ids.filter((id) => id <= after).length;
  const to = Math.min(from + limit, texts.length);
  return answer(texts.slice(from, to).join(), to, texts.length, ids[to - 1] ?? '');
}

function makeEvents(count: number): void {
  const second = Math.floor(Date.now() / 1_000).toString(16);
  lastSync = new Date().toISOString();
  eventTexts = Array.from({ length: count }, (_, index) => {
    const id = second + index.toString(16).padStart(16, '0');
    const object = { ...user((index * 7) % users, false), last_modified: lastSync } as Record<string, unknown>;
    const data = { object: { ...object, email: `changed.${index}@example.com` }, previous_attributes: { email: 'x' } };
    return { id, text: JSON.stringify({ data: { id, type: 'users.updated', created: lastSync, data } }) };
  });
}

const server = createServer((request, response) => {
  const url = new URL(request.url ?? '/', 'http://localhost');
  if (request.method === 'POST') {
    makeEvents(Number(url.searchParams.get('n')));
    response.end();
    return;
  }
  const [, , collection = ''] = url.pathname.split('/');
  const sizes: Record<string, number> = { users, events: eventTexts.length };
  const body =
    collection === 'districts'
      ? `{"data":[{"data":{"id":"${DISTRICT}","name":"Bench","last_sync":"${lastSync}"}}],"links":[]}`
      : url.searchParams.get('count') === 'true'
        ? `{"count":${sizes[collection] ?? lists[collection]?.length ?? 0}}`
        : page(collection, url.searchParams);
  response.writeHead(200, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'x-ratelimit-limit': 1_000_000_000,
    'x-ratelimit-remaining': 999_999_999,
    'x-ratelimit-reset': Math.floor(Date.now() / 1_000) + 60,
  });
  response.end(body);
});

server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
process.on('disconnect', () => process.exit());
