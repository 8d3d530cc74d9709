import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { runCommand } from './support.js';

const variable = (out: string, name: string): string => new RegExp(`^${name}=(.+)$`, 'mu').exec(out)?.[1] ?? '';

describe('clever-sdk sandbox', () => {
  it('prints credentials that work, and stops', async () => {
    const statuses: number[] = [];
    const { code, out } = await runCommand(['sandbox', '--port', '0', '--students', '50', '--seed', '3'], {
      onOut: async (text, stop) => {
        if (text.includes('Stopped')) return;
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
        stop();
      },
    });
    expect(statuses).toEqual([200, 200]);
    expect(code).toBe(0);
    expect(out).toMatch(/^Clever sandbox: http:\/\/127\.0\.0\.1:\d+\n/u);
    await expect(fetch(variable(out, 'CLEVER_API_ORIGIN'))).rejects.toThrow(TypeError);
  });

  it('tells all of it in JSON', async () => {
    const { code, out } = await runCommand(['sandbox', '--port', '0', '--students', '50', '--json'], {
      onOut: (_, stop) => stop(),
    });
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({
      url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/u),
      districts: [
        { id: expect.any(String), name: expect.any(String), connection: 'district' },
        { id: expect.any(String), name: expect.any(String), connection: 'library' },
      ],
      env: expect.objectContaining({ CLEVER_DISTRICT_TOKEN: expect.stringMatching(/^[\da-f]{40}$/u) }),
    });
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
