import { describe, expect, it } from 'vitest';
import { inspect } from '../../../site/.vitepress/theme/try/playground/inspect.ts';
import type { OutputLine } from '../../../site/.vitepress/theme/try/playground/output.ts';
import { Playground } from '../../../site/.vitepress/theme/try/playground/playground.ts';
import { withoutImports } from '../../../site/.vitepress/theme/try/playground/snippet.ts';
import type { AnswerMessage, CallMessage } from '../../../site/.vitepress/theme/try/protocol.ts';
import { Session, type Thread } from '../../../site/.vitepress/theme/try/session.ts';
import { keepCookies } from '../../../site/.vitepress/theme/try/worker/keep-cookies.ts';

describe('the imports of a snippet', () => {
  it.each([
    ["import { a, b as c } from 'clever-sdk';", 'const { a, b: c } = $import("clever-sdk", "a", "b");'],
    ["import * as values from 'clever-sdk/values'", 'const values = $import("clever-sdk/values");'],
    ["import 'clever-sdk';", '$import("clever-sdk");'],
    ["import { type A, b } from 'clever-sdk';", 'const { b } = $import("clever-sdk", "b");'],
    ['export const login = 1;', 'const login = 1;'],
    ["const text = 'import nothing';", "const text = 'import nothing';"],
  ])('become declarations: %s', (written, run) => {
    expect(withoutImports(written)).toBe(run);
  });

  it('leave every line where it was', () => {
    const written = "import {\n  a,\n  b,\n} from 'clever-sdk';\nthrow a;";
    expect(withoutImports(written).split('\n')[4]).toBe('throw a;');
  });
});

describe('the playground', () => {
  it('hides people and tokens that are printed, as Node does', async () => {
    const lines: OutputLine[] = [];
    const print = (line: OutputLine): void => {
      lines.push(line);
    };
    await new Playground().runSnippet('console.log(sandbox.clientOptions(), sandbox.people({ limit: 1 }))', print);
    expect(lines[0]?.text).toContain('clientSecret: "[redacted]"');
    expect(lines[0]?.text).toContain('name: "[redacted]"');
  });

  it('lets a fault happen in the runs that it is chosen for, and not in the table', async () => {
    const playground = new Playground();
    await playground.setFaults(['outage', 'disconnected']);
    const [before, lines] = [await playground.roster(), [] as OutputLine[]];
    await playground.readStudents((line) => lines.push(line));
    expect(lines.at(-1)?.kind).toBe('error');
    expect((await playground.roster()).people.rows).toEqual(before.people.rows);
  });

  it('keeps the requests of its own table out of the log', async () => {
    const playground = new Playground();
    await playground.roster();
    expect(await playground.requests()).toEqual([]);
    await playground.readStudents(() => undefined);
    expect((await playground.requests()).map(({ path }) => path)).toContain('/v3.1/users');
  });
});

describe('what is printed', () => {
  it.each([
    [[1, 'two', null], '[1, "two", null]'],
    [{ a: { b: [] } }, '{ a: { b: [] } }'],
    [new Map([['a', 1]]), 'Map(1) {"a" => 1}'],
    [new Date(0), '1970-01-01T00:00:00.000Z'],
    [new TypeError('no'), 'TypeError: no'],
  ])('is short: %o', (value, shown) => {
    expect(inspect(value).replace(/\{ ("a" => 1) \}/u, '{$1}')).toBe(shown);
  });

  it('ends in a circle', () => {
    const circle: { self?: unknown } = {};
    circle.self = circle;
    expect(inspect(circle)).toBe('{ self: [Circular] }');
  });
});

describe('the session', () => {
  const threads: { sent: CallMessage[]; isTerminated: boolean; thread: Thread }[] = [];
  const start = (): Thread => {
    const made = { sent: [] as CallMessage[], isTerminated: false };
    const thread: Thread = {
      postMessage: (message) => made.sent.push(message),
      terminate: () => {
        made.isTerminated = true;
      },
      onmessage: null,
      onerror: null,
    };
    threads.push(Object.assign(made, { thread }));
    return thread;
  };
  const answer = (thread: Thread, data: AnswerMessage): void =>
    thread.onmessage?.(new MessageEvent('message', { data }));

  it('ends what runs when it is stopped, and starts another thread', async () => {
    const session = new Session(start);
    const run = session.call('requests', []);
    session.stop('Stopped.');
    await expect(run).rejects.toThrow('Stopped.');
    expect(threads.at(-1)?.isTerminated).toBe(true);

    const next = session.call('requests', []);
    const { thread, sent } = threads.at(-1) ?? { thread: start(), sent: [] };
    answer(thread, { id: sent[0]?.id ?? 0, result: [] });
    expect(await next).toEqual([]);
    expect(threads).toHaveLength(2);
  });
});

describe('requests and responses of the worker', () => {
  it('keep their cookies in a browser, which drops them', () => {
    class Forgetful extends Request {
      constructor(input: string | URL | Request, init?: RequestInit) {
        super(input, init);
        this.headers.delete('cookie');
      }
    }
    const scope = { Request: Forgetful as typeof Request, Response };
    expect(new scope.Request('https://a.example', { headers: { cookie: 'a=1' } }).headers.get('cookie')).toBeNull();
    keepCookies(scope);
    const request = new scope.Request('https://a.example', { headers: { cookie: 'a=1' } });
    expect(new scope.Request(request).headers.get('cookie')).toBe('a=1');
    expect(request).toBeInstanceOf(scope.Request);
    const response = new scope.Response('text', { headers: { 'set-cookie': 'b=2' } });
    expect(response.headers.getSetCookie()).toEqual(['b=2']);
    expect(response.headers.get('content-type')).toMatch(/^text\/plain/u);
  });
});
