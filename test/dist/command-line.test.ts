import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished } from 'vitest';

/* The command line as users have it: the packed package, run in its own processes, which are killed for real. */

const consumer = inject('consumer');
const bin = join(consumer, 'node_modules', '.bin', 'clever-sdk');

interface Finished {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

/** A running command. */
class Running {
  readonly child: ChildProcess;
  readonly finished: Promise<Finished>;
  out = '';
  err = '';

  constructor(argv: readonly string[], env: Readonly<Record<string, string>>, cwd: string) {
    this.child = spawn(bin, argv, { cwd, env: { PATH: process.env['PATH'], ...env }, stdio: 'pipe' });
    this.child.stdout?.on('data', (chunk: Buffer) => {
      this.out += chunk.toString();
    });
    this.child.stderr?.on('data', (chunk: Buffer) => {
      this.err += chunk.toString();
    });
    this.finished = once(this.child, 'close').then(([code, signal]) => ({
      ...{ code: code as number | null, signal: signal as NodeJS.Signals | null },
      ...{ out: this.out, err: this.err },
    }));
  }

  /** Settles when standard output contains the text. */
  async says(pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const found = pattern.exec(this.out);
      if (found !== null) {
        return found;
      }
      if (this.child.exitCode !== null) {
        expect.fail(`it ended without the expected output: ${this.err}`);
      }
      await Promise.race([once(this.child.stdout ?? this.child, 'data'), this.finished]);
    }
  }
}

function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'clever-sdk-command-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A sandbox in another process, and what it prints. */
async function startSandbox(cwd: string): Promise<{ running: Running; env: Record<string, string> }> {
  const running = new Running(['sandbox', '--port', '0', '--json'], {}, cwd);
  const [line] = await running.says(/^\{.*\}\n/u);
  const { env } = JSON.parse(line) as { env: Record<string, string> };
  return { running, env };
}

/**
 * A proxy between a command and the sandbox, which holds back one request for a page of a list until the
 * command is dead.
 */
class Gate {
  readonly #server: Server;
  readonly #target: string;
  #pages = 0;
  #holdAt = Number.POSITIVE_INFINITY;
  #held: () => void = () => undefined;

  constructor(target: string) {
    this.#target = target;
    this.#server = createServer((incoming, outgoing) => this.#pass(incoming, outgoing));
  }

  async open(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as { port: number }).port}`;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  /** Settles when that many pages were answered and the next one was requested. */
  holdAfter(pages: number): Promise<void> {
    this.#pages = 0;
    this.#holdAt = pages;
    return new Promise((resolve) => {
      this.#held = resolve;
    });
  }

  release(): void {
    this.#holdAt = Number.POSITIVE_INFINITY;
  }

  #pass(incoming: IncomingMessage, outgoing: ServerResponse): void {
    if (incoming.url?.includes('limit=') === true) {
      this.#pages += 1;
      if (this.#pages > this.#holdAt) {
        this.#held();
        return;
      }
    }
    const { method, headers } = incoming;
    const onward = request(`${this.#target}${incoming.url}`, { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
  }
}

describe('clever-sdk sandbox, installed', () => {
  it('prints credentials that work, and stops with 0', async () => {
    const { running, env } = await startSandbox(emptyFolder());
    const doctor = await new Running(['doctor'], env, emptyFolder()).finished;
    expect(doctor.out).toContain('Clever takes the client id and secret');
    expect(doctor.code).toBe(0);
    running.child.kill('SIGINT');
    expect(await running.finished).toMatchObject({ code: 0, signal: null });
  });
});

describe('clever-sdk pull, killed', () => {
  let sandbox: Running;
  let env: Record<string, string>;
  let gate: Gate;
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'clever-sdk-pull-'));
    const started = await startSandbox(folder);
    sandbox = started.running;
    gate = new Gate(started.env['CLEVER_API_ORIGIN'] ?? '');
    env = { ...started.env, CLEVER_API_ORIGIN: await gate.open() };
  });

  afterAll(() => {
    gate.close();
    sandbox.child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });

  const pull = (file: string, ...more: string[]): Running =>
    new Running(['pull', 'users', '--page-size', '100', '--out', file, ...more], env, folder);

  it.each([
    ['ndjson', 1],
    ['ndjson', 4],
    ['ndjson', 9],
    ['csv', 1],
    ['csv', 6],
  ])('writes byte for byte the same as an undisturbed run: %s, after %d pages', async (format, pages) => {
    const whole = join(folder, `whole-${pages}.${format}`);
    const file = join(folder, `killed-${pages}.${format}`);
    gate.release();
    expect(await pull(whole).finished).toMatchObject({ code: 0 });

    const held = gate.holdAfter(pages);
    const running = pull(file);
    await held;
    running.child.kill('SIGKILL');
    expect(await running.finished).toMatchObject({ code: null, signal: 'SIGKILL' });
    expect(existsSync(file)).toBe(false);
    // Killed again while it resumes, with half a line after what was written.
    appendFileSync(`${file}.partial`, '{"id":"half');
    const heldAgain = gate.holdAfter(2);
    const second = pull(file, '--resume');
    await heldAgain;
    second.child.kill('SIGKILL');
    await second.finished;

    gate.release();
    expect(await pull(file, '--resume').finished).toMatchObject({ code: 0, signal: null });
    expect(readFileSync(file).equals(readFileSync(whole))).toBe(true);
    expect([
      existsSync(`${file}.partial`),
      existsSync(`${file}.checkpoint`),
      existsSync(`${file}.checkpoint.tmp`),
    ]).toEqual([...[false, false, false]]);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('exits with 130 after %s, and resumes from there', async (signal) => {
    const file = join(folder, `${signal}.ndjson`);
    const held = gate.holdAfter(3);
    const running = pull(file);
    await held;
    running.child.kill(signal);
    const { code, err } = await running.finished;
    expect([code, err]).toEqual([130, expect.stringContaining('--resume continues')]);
    gate.release();
    expect(await pull(file, '--resume').finished).toMatchObject({ code: 0 });
  });

  it('exits cleanly when its reader closes the pipe', async () => {
    const running = new Running(['pull', 'users', '--page-size', '10'], env, folder);
    running.child.stdout?.once('data', () => running.child.stdout?.destroy());
    const { code, err } = await running.finished;
    expect([code, err]).toEqual([0, '']);
  });
});

describe('clever-sdk without a terminal', () => {
  it('prompts for nothing', async () => {
    const { code, err } = await new Running(['pull', 'users'], {}, emptyFolder()).finished;
    expect([code, err]).toEqual([3, expect.stringContaining('CLEVER_DISTRICT_TOKEN')]);
  });
});
