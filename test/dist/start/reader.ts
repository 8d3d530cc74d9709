import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { Bounds } from '../../../src/certify/visitor/bounds.js';
import { HttpVisitor } from '../../../src/certify/visitor/http/http-visitor.js';
import type { Page } from '../../../src/certify/visitor/visitor.js';
import type { Step } from './page.js';

/** The most that a command may take, with a machine that does other things as well. */
const PATIENCE_MS = 180_000;

export interface ReaderOptions {
  /** An empty folder. */
  readonly folder: string;
  /** The folder of the Node that the reader has. */
  readonly node: string;
  /** What is installed in place of the package of the registry. */
  readonly tarball: string;
  /** The ports of the page that are replaced. */
  readonly ports: readonly string[];
}

/** A command that was started, and what it has printed. */
interface Running {
  readonly command: string;
  readonly process: ChildProcess;
  printed: string;
  status: number | null | undefined;
}

/**
 * A reader who does what a page says and has nothing but the page: in an empty folder, with a shell and a browser.
 * Three things differ. The ports of the page are replaced by free ones; what npm installs under the name of the package
 * is the tarball; and npm prefers
 * what it has downloaded before.
 */
export class Reader {
  readonly #options: ReaderOptions;
  readonly #stop = new AbortController();
  readonly #browser = new HttpVisitor(
    new Bounds({
      mayReach: ({ hostname }) => ['localhost', '127.0.0.1'].includes(hostname),
      answerMs: 60_000,
      maxRequests: 1_000,
      signal: this.#stop.signal,
    }),
  );
  readonly #ports = new Map<string, string>();
  readonly #running: Running[] = [];
  #folder: string;
  #last: Running | undefined;
  #page: Page | undefined;

  constructor(options: ReaderOptions) {
    this.#options = options;
    this.#folder = options.folder;
  }

  /** Does what a step says. Throws what the reader would complain about. */
  async follow(step: Step): Promise<void> {
    switch (step.do) {
      case 'save':
        return await writeFile(join(this.#folder, step.name), await this.#withFreePorts(step.text));
      case 'run':
        return await this.#run(step.command, step.keepsRunning);
      case 'open':
        return await this.#open(await this.#withFreePorts(step.url), step.clicks);
      case 'compare-output':
        return await this.#compareOutput(await this.#withFreePorts(step.text));
      case 'compare-page':
        return this.#comparePage(step.text);
    }
  }

  /** Ends what still runs. */
  async close(): Promise<void> {
    this.#stop.abort();
    await Promise.all(
      this.#running
        .filter(({ status }) => status === undefined)
        .map(async ({ process: { pid }, process: child }) => {
          const ended = once(child, 'close');
          // The command is the first process of a group, with those that it has started.
          process.kill(-(pid ?? 0), 'SIGTERM');
          await ended;
        }),
    );
  }

  async #run(command: string, keepsRunning: boolean): Promise<void> {
    const folder = /^cd (?<folder>\S+)$/u.exec(command)?.groups?.['folder'];
    if (folder !== undefined) {
      this.#folder = join(this.#folder, folder);
      return;
    }
    const running = this.#start(await this.#adapted(command));
    if (keepsRunning) {
      return;
    }
    await until(running, () => running.status !== undefined, 'has not ended');
    if (running.status !== 0) {
      throw new Error(`\`${command}\` ended with ${running.status}:\n${running.printed}`);
    }
  }

  #start(command: string): Running {
    const child = spawn('sh', ['-c', command], {
      cwd: this.#folder,
      env: this.#environment(),
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    const running: Running = { command, process: child, printed: '', status: undefined };
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        running.printed += text;
        child.emit('news');
      });
    }
    child.on('close', (status) => {
      running.status = status;
      child.emit('news');
    });
    this.#running.push(running);
    this.#last = running;
    return running;
  }

  /** The reader's own environment: what a runner of tests and npm have set in this one is not in it. */
  #environment(): NodeJS.ProcessEnv {
    const kept = Object.entries(process.env).filter(
      ([name]) => !/^(?:npm_|CLEVER_|VITEST|NODE_|FORCE_COLOR)/iu.test(name),
    );
    return {
      ...Object.fromEntries(kept),
      PATH: `${this.#options.node}:${process.env['PATH']}`,
      npm_config_prefer_offline: 'true',
      npm_config_audit: 'false',
      npm_config_fund: 'false',
      npm_config_update_notifier: 'false',
    };
  }

  async #adapted(command: string): Promise<string> {
    if (command.startsWith('npm install ')) {
      return command.replace(/ clever-sdk\b/u, ` ${this.#options.tarball}`);
    }
    const adapted = await this.#withFreePorts(command);
    // A page does not name the port that the sandbox has by default.
    return /clever-sdk sandbox\b/u.test(adapted) ? `${adapted} --port ${await this.#freePort(SANDBOX_PORT)}` : adapted;
  }

  async #compareOutput(expected: string): Promise<void> {
    const running = this.#last;
    if (running === undefined) {
      throw new Error('The page shows an output before it runs a command.');
    }
    const pattern = patternOf(expected);
    if (running.status === undefined) {
      await until(
        running,
        () => pattern.test(running.printed.trim()),
        `does not print what the page says:\n${expected}`,
      );
    } else if (!pattern.test(running.printed.trim())) {
      throw new Error(`\`${running.command}\` prints:\n${running.printed}\nThe page says:\n${expected}`);
    }
  }

  async #open(url: string, clicks: readonly string[]): Promise<void> {
    this.#page = await this.#browser.open(url);
    for (const label of clicks) {
      const { controls, text } = this.#page;
      const control = controls.find((candidate) => candidate.label.includes(label));
      if (control === undefined) {
        throw new Error(`There is no “${label}” to click on this page:\n${text}`);
      }
      this.#page = await this.#browser.press(control);
    }
  }

  #comparePage(expected: string): void {
    const shown = oneLine(this.#page?.text ?? '');
    if (!shown.includes(oneLine(expected))) {
      throw new Error(`The browser shows:\n${shown}\nThe page says:\n${oneLine(expected)}`);
    }
  }

  async #withFreePorts(text: string): Promise<string> {
    let replaced = text;
    for (const port of this.#options.ports) {
      replaced = replaced.replaceAll(new RegExp(`\\b${port}\\b`, 'gu'), await this.#freePort(port));
    }
    return replaced;
  }

  async #freePort(port: string): Promise<string> {
    const free = this.#ports.get(port) ?? (await freePort());
    this.#ports.set(port, free);
    return free;
  }
}

/** The port that the sandbox has by default. */
const SANDBOX_PORT = '3789';

/** A port on which nothing listens. A redirect URI names it before the app listens there, so it cannot be 0. */
async function freePort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') {
    throw new Error('The server has no port.');
  }
  return String(address.port);
}

/** Waits for what a command prints, or for its end. */
async function until(running: Running, isDone: () => boolean, complaint: string): Promise<void> {
  const signal = AbortSignal.timeout(PATIENCE_MS);
  while (!isDone()) {
    const hasEnded = running.status !== undefined;
    const news = hasEnded ? Promise.reject(new Error('ended')) : once(running.process, 'news', { signal });
    await news.catch(() => {
      throw new Error(`\`${running.command}\` ${complaint}\nIt has printed:\n${running.printed}`);
    });
  }
}

/** A pattern for an output of a page. `…` is for what varies in a line. */
function patternOf(expected: string): RegExp {
  const lines = expected
    .trim()
    .split('\n')
    .map((line) => line.trimEnd().split('…').map(escaped).join('.+'));
  return new RegExp(`^${lines.join('[ \\t]*\\n')}$`, 'u');
}

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/gu, '\\$&');
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/gu, ' ').trim();
}
