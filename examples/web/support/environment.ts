import { type CleverClient, createCleverClient } from 'clever-sdk';
import { createSandbox, type ListeningSandbox } from 'clever-sdk/sandbox';

/** What every app of this folder needs. */
export interface WebOptions {
  readonly clever: CleverClient;
  /** The app's public origin, without a slash at the end. */
  readonly origin: string;
  /** Encrypts the login cookie and signs the session cookie; at least 32 bytes. */
  readonly cookieSecret: string;
}

/** The options of an app that runs by itself, with its port and its sandbox, if it uses one. */
export interface Environment extends WebOptions {
  readonly port: number;
  readonly sandbox: ListeningSandbox | undefined;
}

/**
 * Reads the environment: `PORT` (default 3000), `COOKIE_SECRET` (default: a new one, so everyone is logged
 * out when the app stops) and Clever's credentials. Without credentials it starts a sandbox on this
 * machine.
 */
export async function fromEnvironment(): Promise<Environment> {
  const port = Number(variable('PORT') ?? 3_000);
  const redirectUri = variable('CLEVER_REDIRECT_URI') ?? `http://localhost:${port}/auth/clever/callback`;
  const cookieSecret = variable('COOKIE_SECRET') ?? randomSecret();
  const common = { port, cookieSecret, origin: new URL(redirectUri).origin };
  const clientId = variable('CLEVER_CLIENT_ID');
  if (clientId !== undefined) {
    const clientSecret = variable('CLEVER_CLIENT_SECRET');
    const [apiOrigin, authOrigin] = [variable('CLEVER_API_ORIGIN'), variable('CLEVER_AUTH_ORIGIN')];
    const origins = { ...(apiOrigin && { apiOrigin }), ...(authOrigin && { authOrigin }) };
    const clever = createCleverClient({ ...origins, clientId, clientSecret, redirectUri });
    return { ...common, clever, sandbox: undefined };
  }
  const sandbox = await createSandbox({ appName: 'Reading log', redirectUris: [redirectUri] }).listen();
  return { ...common, clever: createCleverClient({ ...sandbox.clientOptions() }), sandbox };
}

/** Prints the addresses to open in a browser. */
export function announce({ origin, sandbox }: Environment): void {
  console.log(`The app: ${origin}`);
  if (sandbox === undefined) {
    return;
  }
  const { clientId } = sandbox.clientOptions();
  const district = sandbox.districts.find(({ connection }) => connection !== 'library');
  console.log('No credentials in the environment. Using a sandbox on this machine instead of Clever:');
  console.log(`  everything     ${sandbox.url}/`);
  console.log(`  portal         ${sandbox.url}/portal`);
  console.log(`  Library        ${sandbox.url}/library`);
  console.log(
    `  Instant Login  ${sandbox.url}/oauth/instant-login?client_id=${clientId}&district_id=${district?.id ?? ''}`,
  );
}

function variable(name: string): string | undefined {
  return process.env[name] || undefined;
}

function randomSecret(): string {
  return crypto.randomUUID() + crypto.randomUUID();
}
