import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { fromPglite, openPglite } from 'clever-sdk/sync';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

const path = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** Another process that has, or wants, a folder open. */
class App {
  readonly #process: ChildProcess;
  readonly #end: Promise<unknown>;
  readonly lines: string[] = [];
  readonly #waiting = new Set<() => void>();

  constructor(folder: string, what = 'hold') {
    const loader = path('../../scripts/resolve-sources.ts');
    this.#process = spawn(process.execPath, ['--import', loader, path('embedded-app.ts'), folder, what], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.#end = once(this.#process, 'close');
    createInterface({ input: this.#process.stdout as NodeJS.ReadableStream }).on('line', (line) => {
      this.lines.push(line);
      for (const look of this.#waiting) {
        look();
      }
    });
  }

  get pid(): number {
    return this.#process.pid as number;
  }

  /** Waits until it prints a line that begins so, or ends. */
  async said(beginning: string): Promise<string | undefined> {
    const line = (): string | undefined => this.lines.find((one) => one.startsWith(beginning));
    await Promise.race([
      this.#end,
      new Promise<void>((resolve) => {
        const look = (): void => {
          if (line() !== undefined) {
            resolve();
          }
        };
        this.#waiting.add(look);
        look();
      }),
    ]);
    return line();
  }

  async end(signal?: NodeJS.Signals): Promise<{ readonly code: number | null; readonly signal: string | null }> {
    if (signal !== undefined) {
      this.#process.kill(signal);
    }
    await this.#end;
    return { code: this.#process.exitCode, signal: this.#process.signalCode };
  }
}

describe('openPglite', { timeout: 240_000 }, () => {
  const root = mkdtempSync(join(tmpdir(), 'clever-sdk-embedded-'));
  const made = join(root, 'made');
  const apps: App[] = [];
  let count = 0;

  const start = (folder: string, what?: string): App => {
    const app = new App(folder, what);
    apps.push(app);
    return app;
  };
  /** A copy of a folder with an empty database, which is quicker than to make one. */
  const folderWithDatabase = (): string => {
    const folder = emptyFolder();
    cpSync(made, folder, { recursive: true });
    return folder;
  };
  const emptyFolder = (): string => {
    count += 1;
    return join(root, `folder ${count}`);
  };
  const ownFiles = (folder: string): string[] => readdirSync(folder).filter((name) => name.startsWith('clever-sdk.'));

  beforeAll(async () => {
    const db = await openPglite(made);
    await db.exec('create table rounds (n int primary key); create table rows (n int, text text)');
    await db.close();
  }, 240_000);
  afterEach(() => Promise.all(apps.splice(0).map((app) => app.end('SIGKILL'))));
  afterAll(() => rmSync(root, { recursive: true, force: true }), 120_000);

  it('creates a database, keeps what is written, and leaves nothing beside it', async () => {
    expect(ownFiles(made)).toEqual([]);
    const folder = folderWithDatabase();
    const first = await openPglite(folder);
    const store = fromPglite(first);
    await store.transaction(({ query }) => query('insert into rounds values ($1::text::int)', ['1']));
    expect(ownFiles(folder)).toEqual(['clever-sdk.lock']);
    await first.close();
    await first.close();
    expect(ownFiles(folder)).toEqual([]);
    await using second = await openPglite(folder);
    expect(await fromPglite(second).query('select n::text as n from rounds')).toEqual([{ n: '1' }]);
  });

  it('refuses a folder that another process has open, names that process, and opens it afterwards', async () => {
    const folder = folderWithDatabase();
    const app = start(folder);
    expect(await app.said('open')).toBeDefined();
    await expect(openPglite(folder)).rejects.toMatchObject({
      name: 'CleverSyncError',
      code: 'sync_folder_locked',
      message: expect.stringContaining(String(app.pid)),
    });
    await app.end('SIGKILL');
    await (await openPglite(folder)).close();
  });

  it('refuses a second opening by the same process', async () => {
    const folder = folderWithDatabase();
    await using _ = await openPglite(folder);
    await expect(openPglite(folder)).rejects.toMatchObject({
      code: 'sync_folder_locked',
      message: expect.stringContaining(String(process.pid)),
    });
  });

  it('lets one of several that begin together have the folder of a dead process', async () => {
    const folder = folderWithDatabase();
    const dead = start(folder);
    await dead.said('open');
    await dead.end('SIGKILL');
    expect(ownFiles(folder)).toEqual(['clever-sdk.lock']);
    const openings = await Promise.allSettled([1, 2, 3, 4].map(() => openPglite(folder)));
    const open = openings.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    const codes = openings.flatMap((one) => (one.status === 'rejected' ? [(one.reason as { code: string }).code] : []));
    await Promise.all(open.map((db) => db.close()));
    expect(codes).toEqual(Array(3).fill('sync_folder_locked'));
  });

  it.runIf(process.platform === 'linux')('takes over a lock whose number now belongs to another process', async () => {
    const folder = folderWithDatabase();
    const app = start(folder);
    await app.said('open');
    const lock = JSON.parse(readFileSync(join(folder, 'clever-sdk.lock'), 'utf8')) as object;
    await app.end('SIGKILL');
    writeFileSync(join(folder, 'clever-sdk.lock'), JSON.stringify({ ...lock, pid: process.pid }));
    await (await openPglite(folder)).close();
  });

  it('takes over a lock of another machine only after it has been silent for long', async () => {
    const folder = folderWithDatabase();
    const lock = { pid: 1, host: 'elsewhere', start: undefined, id: 'x' };
    writeFileSync(join(folder, 'clever-sdk.lock'), JSON.stringify(lock));
    await expect(openPglite(folder)).rejects.toMatchObject({ code: 'sync_folder_locked' });
    utimesSync(join(folder, 'clever-sdk.lock'), new Date(0), new Date(0));
    await (await openPglite(folder)).close();
  });

  it('has every committed transaction, whole, and no other after a kill in the middle of writing', async () => {
    const folder = folderWithDatabase();
    for (const rounds of [1, 4, 9]) {
      const app = start(folder, 'write');
      await app.said(`committed ${rounds}`);
      await app.end('SIGKILL');
      const last = Number(app.lines.findLast((line) => line.startsWith('committed'))?.split(' ')[1]);
      await using db = await openPglite(folder);
      const { rows } = await db.query<{ n: number; count: number }>(
        `select rounds.n, count(rows.n)::int as count
         from rounds full join rows on rows.n = rounds.n group by rounds.n order by rounds.n`,
      );
      expect(rows.length).toBeGreaterThan(last);
      expect(rows).toEqual(Array.from({ length: rows.length }, (_, n) => ({ n, count: 200 })));
      await db.exec('truncate rounds, rows');
    }
  });

  it('makes a database again that was being made when its process was killed', async () => {
    const folder = emptyFolder();
    for (const sign of ['clever-sdk.lock', 'clever-sdk.new', 'clever-sdk.new/base']) {
      const app = start(folder);
      await app.said('started');
      await until(() => existsSync(join(folder, sign)));
      await app.end('SIGKILL');
      expect(app.lines).toEqual(['started']);
    }
    await using db = await openPglite(folder);
    expect((await db.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
    expect(ownFiles(folder)).toEqual(['clever-sdk.lock']);
  });

  it('finishes what a kill between two moves has left', async () => {
    const folder = folderWithDatabase();
    mkdirSync(join(folder, 'clever-sdk.new'));
    cpSync(join(folder, 'PG_VERSION'), join(folder, 'clever-sdk.new/PG_VERSION'));
    rmSync(join(folder, 'PG_VERSION'));
    await (await openPglite(folder)).close();
    expect(ownFiles(folder)).toEqual([]);
  });

  it.for([
    ['without its control file', (folder: string) => rmSync(join(folder, 'global/pg_control'))],
    ['with half a control file', (folder: string) => truncateSync(join(folder, 'global/pg_control'), 100)],
    ['without its log', (folder: string) => rmSync(join(folder, 'pg_wal'), { recursive: true })],
    ['without its mark', (folder: string) => rmSync(join(folder, 'PG_VERSION'))],
  ] as const)('refuses a folder %s, and says how to get out', async ([, damage]) => {
    const folder = folderWithDatabase();
    damage(folder);
    const app = start(folder);
    expect(await app.said('refused')).toMatch(/^refused sync_folder_unusable: .*Delete the folder/u);
    expect(await app.end()).toEqual({ code: 1, signal: null });
    expect(ownFiles(folder)).toEqual([]);
  });

  it('leaves a folder with other files alone', async () => {
    const folder = emptyFolder();
    mkdirSync(folder);
    writeFileSync(join(folder, 'thesis.txt'), 'Everything');
    await expect(openPglite(folder)).rejects.toMatchObject({ name: 'CleverConfigError' });
    expect(readdirSync(folder)).toEqual(['thesis.txt']);
    await expect(openPglite('')).rejects.toMatchObject({ name: 'CleverConfigError' });
  });

  it.for(['SIGINT', 'SIGTERM'] as const)('closes on %s, and ends as the signal says', async (signal) => {
    const folder = folderWithDatabase();
    const app = start(folder);
    await app.said('open');
    expect(await app.end(signal)).toEqual({ code: null, signal });
    expect(ownFiles(folder)).toEqual([]);
  });

  it('leaves the end to an app that listens to the signal itself', async () => {
    const folder = folderWithDatabase();
    const app = start(folder, 'listen');
    await app.said('open');
    process.kill(app.pid, 'SIGTERM');
    expect(await app.said('closed by the app')).toBeDefined();
    expect(ownFiles(folder)).toEqual([]);
  });

  it('releases the lock when the process exits without closing', async () => {
    const folder = folderWithDatabase();
    const app = start(folder, 'exit');
    expect(await app.end()).toEqual({ code: 3, signal: null });
    expect(ownFiles(folder)).toEqual([]);
  });
});

async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}
