import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, request as forward, type RequestListener } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { dirname, join } from 'node:path';
import type { App, Framework, Setting, Who } from './stage.js';

const HERE = import.meta.dirname;
const RECIPES = join(HERE, '../../examples/frameworks');
/** A program may need as long to start on a machine that does other things as well. */
const START_LIMIT_MS = 60_000;

/** A recipe of `examples/frameworks`, and how it is run. */
export interface Recipe {
  readonly name: string;
  readonly version: string;
  /** Its folder in `examples/frameworks`. */
  readonly folder: string;
  /** Packages that its imports stand for, by the names of `package.json` here: another version of a framework. */
  readonly packages?: Readonly<Record<string, string>>;
  /** What builds it, in the folder. Runs without the app's variables, as in a build without secrets. */
  readonly build?: readonly string[];
  /** What starts it, in the folder, at a port. */
  readonly command: (port: number, folder: string, environment: NodeJS.ProcessEnv) => readonly string[];
}

/** Describes a recipe to the login spec: a copy of it runs in a process of its own, as an app does. */
export function frameworkOf(recipe: Recipe): Framework {
  return {
    name: recipe.name,
    version: recipe.version,
    entry: 'clever-sdk',
    redirectPaths: ['/auth/clever/callback'],
    withoutEmail: 'none',
    button: '/auth/clever',
    start: (setting) => startRecipe(recipe, setting),
    whoIs: async (visitor, origin) => ((await (await visitor.request(origin)).json()) as Who | null) ?? undefined,
  };
}

async function startRecipe(recipe: Recipe, { sandbox, origin, secret }: Setting): Promise<App> {
  const folder = copyOf(recipe);
  const common: NodeJS.ProcessEnv = {
    PATH: process.env['PATH'],
    HOME: process.env['HOME'],
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
  };
  if (recipe.build !== undefined) {
    const [program = '', ...given] = recipe.build;
    const { status, stdout, stderr } = spawnSync(program, given, { cwd: folder, env: common, encoding: 'utf8' });
    if (status !== 0) {
      throw new Error(`${recipe.name} was not built:\n${stdout}${stderr}`);
    }
  }
  const { clientId, clientSecret, apiOrigin, authOrigin } = sandbox.clientOptions();
  const port = await freePort();
  const environment: NodeJS.ProcessEnv = {
    ...common,
    PORT: String(port),
    COOKIE_SECRET: secret,
    CLEVER_CLIENT_ID: clientId,
    CLEVER_CLIENT_SECRET: clientSecret,
    CLEVER_REDIRECT_URI: `${origin}/auth/clever/callback`,
    CLEVER_API_ORIGIN: apiOrigin,
    CLEVER_AUTH_ORIGIN: authOrigin,
  };
  const [program = '', ...given] = recipe.command(port, folder, environment);
  const child = spawn(program, given, { cwd: folder, env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
    });
  }
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()).once('error', () => resolve()));
  const isUp = await Promise.race([answers(port), ended.then(() => false)]);
  if (!isUp) {
    child.kill('SIGKILL');
    throw new Error(`${recipe.name} did not start:\n${printed}`);
  }
  return {
    listener: proxyTo(port),
    close: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** A copy of a recipe below this folder, where its imports find the packages that are installed here. */
function copyOf({ name, version, folder, packages = {} }: Recipe): string {
  const copy = join(HERE, '.apps', `${name} ${version}`.replaceAll(/[^\w.]+/gu, '-').toLowerCase());
  rmSync(copy, { recursive: true, force: true });
  cpSync(join(RECIPES, folder), copy, { recursive: true });
  writeFileSync(join(copy, 'package.json'), '{ "private": true, "type": "module" }\n');
  for (const [imported, installed] of Object.entries(packages)) {
    const link = join(copy, 'node_modules', imported);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(HERE, 'node_modules', installed), link);
  }
  return copy;
}

/** The program of a package that is installed here, or in the project. */
export function programOf(path: string): string {
  return join(HERE, 'node_modules', path);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Waits until a program accepts connections at a port; `false` if it never does. */
async function answers(port: number): Promise<boolean> {
  const end = Date.now() + START_LIMIT_MS;
  while (Date.now() < end) {
    const isOpen = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve(true)).once('error', () => resolve(false));
      socket.once('connect', () => socket.end());
    });
    if (isOpen) {
      return true;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return false;
}

/** Passes requests on as they are, like a proxy that keeps the `Host` header. */
function proxyTo(port: number): RequestListener {
  return (request, response) => {
    const { method, url, headers } = request;
    const onward = forward({ host: '127.0.0.1', port, method, path: url, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.once('error', () => response.writeHead(502).end());
    request.pipe(onward);
  };
}
