import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { pack } from '../../scripts/pack.js';
import { type LocalRegistry, startLocalRegistry } from '../../scripts/release/local-registry.js';
import { GATES, integrityOf, type ReleaseRecord, writeRecord } from '../../scripts/release/record.js';

const script = fileURLToPath(new URL('../../scripts/release/publish.ts', import.meta.url));
const FILE = 'made-for-a-test-1.2.3.tgz';
let folder: string;

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

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
function publish(...args: string[]): Promise<Ended> {
  return publishAs({}, ...args);
}

/** The same with some variables of the environment. */
async function publishAs(given: NodeJS.ProcessEnv, ...args: string[]): Promise<Ended> {
  const { ACTIONS_ID_TOKEN_REQUEST_URL: _, ...env } = process.env;
  const child = spawn(process.execPath, [script, '--folder', folder, ...args], {
    env: { ...env, ...given, npm_config_cache: join(folder, 'cache') },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return { code: code as number | null, out, err };
}

/** Makes the registry have this version already. */
async function putVersion(): Promise<void> {
  const [name, version] = ['made-for-a-test', '1.2.3'];
  await fetch(`${registry.url}${name}`, {
    method: 'PUT',
    body: JSON.stringify({
      ...{ name, _attachments: {}, 'dist-tags': { latest: version } },
      versions: { [version]: { name, version, dist: {} } },
    }),
  });
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

  it('passes a dry run when the registry has this version already, and is not published again', async () => {
    release();
    await putVersion();
    expect((await publish('--dry-run', '--registry', registry.url)).code).toBe(0);
    expect((await publish('--registry', registry.url)).code).toBe(1);
  });

  it('arrives in a rehearsal when the other registry has this version already', async () => {
    release();
    await putVersion();
    const rehearsal = await startLocalRegistry(registry.url, 'made-for-a-test');
    onTestFinished(() => rehearsal.close());
    expect((await publish('--registry', rehearsal.url)).code).toBe(0);
    expect([...rehearsal.tarballs.keys()]).toEqual([FILE]);
  });
});

it('the local registry asks the other one below the path of its address', async () => {
  const asked: (string | undefined)[] = [];
  const other = createServer((request, response) => {
    asked.push(request.url);
    response.end('{}');
  });
  other.listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  onTestFinished(() => void other.close());
  for (const path of ['/npm', '/npm/', '']) {
    const local = await startLocalRegistry(`http://127.0.0.1:${port}${path}`);
    await fetch(`${local.url}@scope%2fname`);
    await local.close();
  }
  expect(asked).toEqual(['/npm/@scope%2fname', '/npm/@scope%2fname', '/@scope%2fname']);
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

  it('by the release workflow when no job has named the tarball that it tested', async () => {
    release();
    const { code, err } = await publishAs({
      ACTIONS_ID_TOKEN_REQUEST_URL: registry.url,
      npm_config_registry: registry.url,
    });
    expect({ code, err }).toEqual({
      code: 1,
      err: '✗ --integrity is missing: the job that tested the tarball names it.\n',
    });
    expect(registry.tarballs.size).toBe(0);
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
