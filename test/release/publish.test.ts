import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pack } from '../../scripts/pack.js';
import { type LocalRegistry, startLocalRegistry } from '../../scripts/release/local-registry.js';
import { GATES, integrityOf, type ReleaseRecord, writeRecord } from '../../scripts/release/record.js';

const script = fileURLToPath(new URL('../../scripts/release/publish.ts', import.meta.url));
const FILE = 'made-for-a-test-1.2.3.tgz';
let folder: string;
let registry: LocalRegistry;

/** The folder of a release, whose package is small and has passed what is said. */
function release(change: Partial<ReleaseRecord> = {}): ReleaseRecord {
  const record: ReleaseRecord = {
    ...{ name: 'made-for-a-test', version: '1.2.3', commit: '0'.repeat(40), file: FILE },
    ...{ integrity: integrityOf(join(folder, FILE)), passed: GATES },
    ...change,
  };
  writeRecord(folder, record);
  return record;
}

/** Runs the step as the workflow does, but without what only the workflow has. */
async function publish(...args: string[]): Promise<{ code: number | null; out: string; err: string }> {
  const { ACTIONS_ID_TOKEN_REQUEST_URL: _, ...env } = process.env;
  const child = spawn(process.execPath, [script, '--folder', folder, ...args], {
    env: { ...env, npm_config_cache: join(folder, 'cache') },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return { code: code as number | null, out, err };
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'clever-sdk-release-'));
  const source = join(folder, 'source');
  mkdirSync(source);
  writeFileSync(join(source, 'package.json'), JSON.stringify({ name: 'made-for-a-test', version: '1.2.3' }));
  writeFileSync(join(source, 'index.js'), 'export {};\n');
  pack(source, folder);
  registry = await startLocalRegistry();
});

afterEach(async () => {
  await registry.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('a tested tarball', () => {
  it('arrives at the registry byte by byte', async () => {
    const { integrity } = release();
    const { code, out } = await publish('--registry', registry.url, '--integrity', integrity);
    expect({ code, out }).toEqual({
      code: 0,
      out: `npm published made-for-a-test@1.2.3 as it was tested: ${integrity}\n`,
    });
    expect([...registry.tarballs.keys()]).toEqual([FILE]);
    expect(registry.tarballs.get(FILE)?.equals(readFileSync(join(folder, FILE)))).toBe(true);
  });

  it('stays here in a dry run, which names the same bytes', async () => {
    const { integrity } = release();
    const { code, out } = await publish('--dry-run', '--registry', registry.url);
    expect({ code, out }).toEqual({
      code: 0,
      out: `npm would publish made-for-a-test@1.2.3 as it was tested: ${integrity}\n`,
    });
    expect(registry.tarballs.size).toBe(0);
  });
});

describe('nothing is published', () => {
  const refusal = async (...args: string[]): Promise<string> => {
    const { code, err } = await publish('--registry', registry.url, ...args);
    expect(code).toBe(1);
    expect(registry.tarballs.size).toBe(0);
    return err;
  };

  it('when the tarball has changed after it was tested', async () => {
    release();
    appendFileSync(join(folder, FILE), '\0');
    expect(await refusal()).toMatch(/^✗ made-for-a-test-1\.2\.3\.tgz has changed since it was packed: it is sha512-/u);
    expect(await refusal('--dry-run')).toMatch(/^✗ made-for-a-test-1\.2\.3\.tgz has changed/u);
  });

  it('when the tarball and its record have changed, and the job that tested it names another', async () => {
    const { integrity } = release();
    appendFileSync(join(folder, FILE), '\0');
    release();
    expect(await refusal('--integrity', integrity)).toContain(`the job that tested it named ${integrity}`);
  });

  it.for(GATES)('when it has not passed %s', async (gate) => {
    release({ passed: GATES.filter((name) => name !== gate) });
    expect(await refusal()).toContain(`has not passed ${gate}: run \`npm run release:test\``);
  });

  it('outside the release workflow', async () => {
    release();
    const { code, err } = await publish();
    expect({ code, err }).toEqual({
      code: 1,
      err: '✗ Only the release workflow publishes. To see what it would do, add --dry-run.\n',
    });
  });

  it('to a registry of another machine without its identity', async () => {
    release();
    const { code, err } = await publish('--registry', 'https://registry.example/');
    expect({ code, err }).toEqual({ code: 1, err: '✗ --registry is for rehearsals, with a registry on 127.0.0.1.\n' });
  });
});

it('the job that may publish runs nothing but Node: its step imports no package', () => {
  const seen = new Set<string>();
  const importsOf = (file: string): string[] => {
    if (seen.has(file)) {
      return [];
    }
    seen.add(file);
    const names = [
      ...readFileSync(file, 'utf8').matchAll(/^(?:import|\} from|export .* from) (?:.* from )?'([^']+)'/gmu),
    ];
    return names.flatMap(([, name = '']) =>
      name.startsWith('.') ? importsOf(fileURLToPath(new URL(name, `file://${file}`))) : [name],
    );
  };
  const imported = importsOf(script);
  expect(seen.size).toBeGreaterThan(2);
  expect(imported.length).toBeGreaterThan(5);
  expect(imported.filter((name) => !name.startsWith('node:'))).toEqual([]);
});
