import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { run } from '../../src/cli/run.js';

/** Runs the command line; whatever `until` does happens between the start and the stop. */
async function runCommand(argv: readonly string[], until: (out: string) => Promise<void> = async () => undefined) {
  let [out, err] = ['', ''];
  const code = await run(argv, {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    stopped: () => until(out),
  });
  return { code, out, err };
}

const variable = (out: string, name: string): string => new RegExp(`^${name}=(.+)$`, 'mu').exec(out)?.[1] ?? '';

describe('clever-sdk sandbox', () => {
  it('prints credentials that work, and stops', async () => {
    const statuses: number[] = [];
    const { code, out } = await runCommand(
      ['sandbox', '--port', '0', '--students', '50', '--seed', '3'],
      async (text) => {
        const api = variable(text, 'CLEVER_API_ORIGIN');
        const basic = btoa(`${variable(text, 'CLEVER_CLIENT_ID')}:${variable(text, 'CLEVER_CLIENT_SECRET')}`);
        const asked = [
          fetch(`${api}/v3.1/users`, {
            headers: { authorization: `Bearer ${variable(text, 'CLEVER_DISTRICT_TOKEN')}` },
          }),
          fetch(`${variable(text, 'CLEVER_AUTH_ORIGIN')}/oauth/tokens?owner_type=district`, {
            headers: { authorization: `Basic ${basic}` },
          }),
        ];
        statuses.push(...(await Promise.all(asked)).map(({ status }) => status));
      },
    );
    expect(statuses).toEqual([200, 200]);
    expect(code).toBe(0);
    expect(out).toMatch(/^Clever sandbox: http:\/\/127\.0\.0\.1:\d+\n/u);
    await expect(fetch(variable(out, 'CLEVER_API_ORIGIN'))).rejects.toThrow(TypeError);
  });

  it.each([
    [['sandbox', '--port', 'x'], /whole number, 0 to 65535/u],
    [['sandbox', '--port', '65536'], /whole number, 0 to 65535/u],
    [['sandbox', '--students', '0'], /whole number, 1 or more/u],
    [['sandbox', '--seed', '-1'], /whole number, 0 or more/u],
    [['sandbox', '--sede', '1'], /unknown option '--sede'/u],
    [['sandbox', 'extra'], /too many arguments/u],
    [['sandbxo'], /Did you mean sandbox\?/u],
    [[], /Usage: clever-sdk/u],
  ])('%j is not understood: exit 2 and a hint', async (argv, message) => {
    const { code, out, err } = await runCommand(argv);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(message);
    expect(err).toMatch(/--help/u);
  });

  it.each([['--help'], ['sandbox', '--help']])('explains itself: %s %s', async (...argv) => {
    const { code, out } = await runCommand(argv.filter((word) => word !== undefined));
    expect(code).toBe(0);
    expect(out).toMatch(/Usage: clever-sdk/u);
  });

  it('says so when the port is taken, and exits with 1', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as { port: number };
    const { code, err } = await runCommand(['sandbox', '--port', String(port)]);
    expect(code).toBe(1);
    expect(err).toContain(`port ${port} is taken`);
    await new Promise((resolve) => other.close(resolve));
  });
});
