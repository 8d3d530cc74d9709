/**
 * A web app that is ready for Clever's certification. README.md says how to run it.
 *
 *     npm run example:certified
 *     npm run example:certified sync
 */
import process from 'node:process';
import { serve } from '@hono/node-server';
import { createCleverClient } from 'clever-sdk';
import { Hono } from 'hono';
import { createApp } from './app.ts';
import { type Command, createCommands, type Variables } from './commands.ts';
import { createTables, openDatabase } from './database.ts';

const { env } = process;
const databaseUrl = env['DATABASE_URL'];
const port = Number(env['PORT'] ?? 3_000);
const redirectUri = env['CLEVER_REDIRECT_URI'] ?? `http://localhost:${port}/auth/clever/callback`;
const commandOrigin = `http://127.0.0.1:${port + 1}`;

const [name = 'serve'] = process.argv.slice(2);
if (name !== 'serve' && databaseUrl === undefined) {
  await askServer(name);
} else {
  const clever = createCleverClient({
    clientId: env['CLEVER_CLIENT_ID'],
    clientSecret: env['CLEVER_CLIENT_SECRET'],
    apiOrigin: env['CLEVER_API_ORIGIN'],
    authOrigin: env['CLEVER_AUTH_ORIGIN'],
    redirectUri,
  });
  const { database, close } = await openDatabase(databaseUrl, './certified-data');
  await createTables(database.query);
  const commands = new Map<string, Command>(Object.entries(createCommands(clever, database)));
  if (name === 'serve') {
    const { origin } = new URL(redirectUri);
    const cookieSecret = env['COOKIE_SECRET'] ?? crypto.randomUUID() + crypto.randomUUID();
    serve({ fetch: createApp({ clever, database, origin, cookieSecret }).fetch, port });
    console.log(`The app: ${origin}`);
    if (databaseUrl === undefined) {
      serve({ fetch: commandServer(commands).fetch, port: port + 1, hostname: '127.0.0.1' });
    }
  } else {
    await run(commands.get(name), env).then(print).finally(close);
  }
}

async function run(command: Command | undefined, variables: Variables): Promise<string> {
  if (command === undefined) {
    throw new RangeError('The commands are: serve, sync, roster, purge, lms.');
  }
  return (await command(variables)).map((line) => `${JSON.stringify(line)}\n`).join('');
}

/** The embedded database can be opened by one process only: this one, which runs the commands of the others. */
function commandServer(commands: ReadonlyMap<string, Command>): Hono {
  const server = new Hono();
  server.use(async (c, next) => {
    // No page in a browser can send these two here.
    const isOwn = c.req.header('content-type') === 'application/json' && new URL(c.req.url).origin === commandOrigin;
    return isOwn ? await next() : c.body(null, 403);
  });
  server.post('/:command', async (c) => c.text(await run(commands.get(c.req.param('command')), await c.req.json())));
  server.onError((error, c) => c.text(`${error.message}\n`, 500));
  return server;
}

async function askServer(name: string): Promise<void> {
  const { CLEVER_DISTRICT_ID, CLEVER_SECTION_ID, CLEVER_LMS_ACTION, CLEVER_ASSIGNMENT } = env;
  const variables: Variables = { CLEVER_DISTRICT_ID, CLEVER_SECTION_ID, CLEVER_LMS_ACTION, CLEVER_ASSIGNMENT };
  const answer = await fetch(`${commandOrigin}/${encodeURIComponent(name)}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(variables),
  });
  (answer.ok ? process.stdout : process.stderr).write(await answer.text());
  process.exitCode = answer.ok ? 0 : 1;
}

function print(text: string): void {
  process.stdout.write(text);
}
