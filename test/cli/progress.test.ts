import { Writable } from 'node:stream';
import { describe, expect, onTestFinished, vi } from 'vitest';
import { startProgress } from '../../src/cli/commands/pull/progress.js';
import { progressLine } from '../../src/cli/commands/pull/progress-line.js';
import { duration } from '../../src/cli/terminal/duration.js';
import { environmentOf, it, runCommand } from './support.js';

/** A terminal, and what has been drawn on it. */
function terminalOf(columns: number, onDrawn?: () => void) {
  const lines: string[] = [];
  const stream = new Writable({
    write(chunk, _, done) {
      lines.push(String(chunk));
      onDrawn?.();
      done();
    },
  });
  return { stream: Object.assign(stream, { isTTY: true, columns, rows: 30 }) as unknown as NodeJS.WriteStream, lines };
}

describe('the progress of a pull', () => {
  it.each([
    [0, 0, 0, 'users ────────────────────────   0%  0 of 10,000'],
    [2_500, 2_500, 5_000, 'users ━━━━━━──────────────────  25%  2,500 of 10,000 · 500/s · 15 s left'],
    [9_000, 1_000, 500, 'users ━━━━━━━━━━━━━━━━━━━━━━──  90%  9,000 of 10,000 · 2,000/s · 1 s left'],
    [10_000, 10_000, 1_000, 'users ━━━━━━━━━━━━━━━━━━━━━━━━ 100%  10,000 of 10,000 · 10,000/s · 0 s left'],
    [10_001, 10_001, 1_000, 'users  10,001 · 10,001/s'],
  ])('at %d records, %d of them read in %d ms', (records, read, elapsedMs, line) => {
    expect(progressLine({ label: 'users', total: 10_000, records, read, elapsedMs })).toBe(line);
  });

  it('shows no total when Clever does not count', () => {
    const state = { label: 'events', total: undefined, records: 1_234, read: 1_234, elapsedMs: 2_000 };
    expect(progressLine(state)).toBe('events  1,234 · 617/s');
  });

  it.each([
    [0, '0 s'],
    [999, '1 s'],
    [61_000, '1 min 1 s'],
    [3_600_000, '1 h 0 min'],
    [-5, '0 s'],
  ])('%d ms: %s', (milliseconds, text) => {
    expect(duration(milliseconds)).toBe(text);
  });

  it.each([
    [60, 'users ━━━────────  25%  2,500 of 10,000 · 500/s · 15 s left'],
    [50, 'users  25%  2,500 of 10,000 · 500/s · 15 s left'],
  ])('stays on one line of %d columns', (columns, line) => {
    const state = { label: 'users', total: 10_000, records: 2_500, read: 2_500, elapsedMs: 5_000 };
    expect(progressLine({ ...state, columns })).toBe(line);
    expect(line.length).toBeLessThan(columns);
  });

  it.each([
    [0, 'users ━━━━━━━━━━━━────────────  50%  5,000 of 10,000'],
    [30, 'users  50%  5,000 of 10,000'],
    [20, 'users  50%  5,000 …'],
  ])('uses one row of a terminal with %d columns, and clears it in the end', (columns, line) => {
    const { stream, lines } = terminalOf(columns);
    const progress = startProgress(stream, { label: 'users', now: () => 0 });
    progress.begin({ total: 10_000, records: 5_000 });
    expect(lines).toEqual(['\u001b[1G', '\u001b[2K', line]);
    progress.stop();
    expect(lines.slice(3)).toEqual(['\u001b[1G', '\u001b[2K']);
  });

  it('shows how long it waits, second by second, and why', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const { stream, lines } = terminalOf(100);
    const progress = startProgress(stream, { label: 'users', now: () => Date.now() });
    const request = { method: 'GET', pathTemplate: '/v3.1/users', attempt: 1 } as const;
    progress.begin({ total: 10_000, records: 0 });
    progress.update(5_000);
    progress.observe({ kind: 'wait', ...request, delayMs: 36_000 });
    expect(lines.at(-1)).toContain("5,000 of 10,000 · waiting 36 s for Clever's rate limit");
    vi.advanceTimersByTime(6_000);
    expect(lines.at(-1)).toContain('waiting 30 s');
    vi.advanceTimersByTime(30_000);
    progress.observe({ kind: 'request', ...request });
    expect(lines.at(-1)).not.toContain('waiting');
    // One step at a time.
    progress.observe({ kind: 'wait', ...request, delayMs: 600 });
    progress.update(5_100);
    expect(lines.at(-1)).toContain("slowed by Clever's rate limit");
    vi.advanceTimersByTime(3_000);
    progress.update(5_200);
    expect(lines.at(-1)).toMatch(/\/s · .* left/u);
    progress.observe({ kind: 'retry', ...request, delayMs: 4_000, reason: 'status', status: 503 });
    expect(lines.at(-1)).toContain('waiting 4 s to try again: Clever answered with 503');
    progress.observe({ kind: 'retry', ...request, delayMs: 2_000, reason: 'network', status: undefined });
    expect(lines.at(-1)).toContain('waiting 2 s to try again: the connection failed');
    progress.stop();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('says so before the first record as well, and as lines on request; Ctrl+C ends a wait', async ({ sandbox }) => {
    const env = environmentOf(sandbox, 'token');
    const spent = () => Promise.resolve(new Response('', { status: 429, headers: { 'retry-after': '30' } }));
    for (const option of [[], ['--verbose']]) {
      const stopping = new AbortController();
      const onDrawn = (): void => stopping.abort();
      const { stream, lines } = terminalOf(100, onDrawn);
      const { code, err } = await runCommand(['pull', 'users', ...option], {
        ...{ env, fetch: spent, terminal: { progress: stream }, signal: stopping.signal },
        onErr: (text) => {
          if (text.includes('(waiting 30 s')) {
            stopping.abort();
          }
        },
      });
      expect(code).toBe(130);
      expect([...lines, err].join('')).toContain("waiting 30 s for Clever's rate limit");
    }
  });

  it('is animated on a terminal only, and is cleared in the end', async ({ sandbox }) => {
    const env = environmentOf(sandbox, 'token');
    const { stream, lines } = terminalOf(120);
    const terminal = { progress: stream };
    const argv = ['pull', 'users', '--page-size', '20'];
    const shown = await runCommand(argv, { env, terminal });
    const total = shown.out.trimEnd().split('\n').length;
    expect(lines.join('')).toContain(`20 of ${total}`);
    expect(lines.join('')).toContain(`${total} of ${total}`);
    lines.length = 0;
    for (const option of ['--quiet', '--json', '--verbose']) {
      await runCommand([...argv, option], { env, terminal });
    }
    expect(lines).toEqual([]);
    const plain = await runCommand(argv, { env });
    expect(plain.err).toMatch(/^\d+ users \(\d+ s\)\n$/u);
  });
});
