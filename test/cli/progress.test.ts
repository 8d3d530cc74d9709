import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { duration, progressLine } from '../../src/cli/pull/progress.js';
import { environmentOf, runCommand, sandboxFor } from './support.js';

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

  it('knows no end where Clever does not count', () => {
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

  it('moves on a terminal only, and leaves it clean', async () => {
    const sandbox = await sandboxFor();
    const env = environmentOf(sandbox, 'token');
    let drawn = '';
    const stream = Object.assign(
      new Writable({
        write(chunk, _, done) {
          drawn += String(chunk);
          done();
        },
      }),
      { isTTY: true, columns: 120, rows: 30 },
    );
    const terminal = { progress: stream as unknown as NodeJS.WriteStream };
    const argv = ['pull', 'users', '--page-size', '20'];
    const shown = await runCommand(argv, { env, terminal });
    const total = shown.out.trimEnd().split('\n').length;
    expect(drawn).toContain(`20 of ${total}`);
    expect(drawn).toContain(`${total} of ${total}`);
    drawn = '';
    for (const option of ['--quiet', '--json']) await runCommand([...argv, option], { env, terminal });
    expect(drawn).toBe('');
    const plain = await runCommand(argv, { env });
    expect(plain.err).toMatch(/^\d+ users \(\d+ s\)\n$/u);
  });
});
