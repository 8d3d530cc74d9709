import {
  type AppClientOptions,
  type CleverClient,
  type CleverClientOptions,
  type CleverTokenClient,
  createCleverClient,
} from 'clever-sdk';
import { createSandbox, districtFromRecordings, type Sandbox } from 'clever-sdk/sandbox';

/** Where an example runs: on Clever, with the credentials in the environment, or on its own sandbox. */
export interface Backend {
  /** The sandbox, if the environment has no credentials of Clever's. */
  readonly sandbox: Sandbox | undefined;
  /** A client with the app's credentials; `undefined` when the environment has only tokens. */
  appClient(options?: CleverClientOptions): CleverClient | undefined;
  /** A client for tokens. It needs no credentials. */
  tokenClient(options?: CleverClientOptions): CleverTokenClient;
  /** Closes the sandbox. */
  close(): Promise<void>;
}

const credentials = ['CLEVER_CLIENT_ID', 'CLEVER_DISTRICT_TOKEN', 'CLEVER_LIBRARY_TOKEN'];

/** Returns an environment variable; an empty one counts as absent. */
export function environment(name: string): string | undefined {
  const value = process.env[name];
  return value === undefined || value === '' ? undefined : value;
}

/**
 * Chooses Clever if any of its credentials is in the environment, otherwise a sandbox on this machine.
 * `CLEVER_RECORDINGS` may name a folder of recorded responses, which the sandbox then serves instead of its
 * generated districts.
 */
export async function chooseBackend(): Promise<Backend> {
  return credentials.some((name) => environment(name) !== undefined) ? cleverBackend() : sandboxBackend();
}

function cleverBackend(): Backend {
  const clientId = environment('CLEVER_CLIENT_ID');
  const origins = {
    ...option('apiOrigin', environment('CLEVER_API_ORIGIN')),
    ...option('authOrigin', environment('CLEVER_AUTH_ORIGIN')),
  };
  const app: AppClientOptions = {
    ...origins,
    clientId,
    clientSecret: environment('CLEVER_CLIENT_SECRET'),
    redirectUri: environment('CLEVER_REDIRECT_URI'),
  };
  return {
    sandbox: undefined,
    appClient: (options) => (clientId === undefined ? undefined : createCleverClient({ ...app, ...options })),
    tokenClient: (options) => createCleverClient({ ...origins, ...options }),
    close: async () => undefined,
  };
}

/** Returns an object with the option if it has a value, otherwise an empty one. */
function option<Name extends string>(name: Name, value: string | undefined): { [Key in Name]?: string } {
  return (value === undefined ? {} : { [name]: value }) as { [Key in Name]?: string };
}

async function sandboxBackend(): Promise<Backend> {
  const recordings = environment('CLEVER_RECORDINGS');
  const source = recordings === undefined ? {} : { districts: [await districtFromRecordings(recordings)] };
  const sandbox = await createSandbox(source).listen({ port: 0 });
  const client = (options?: CleverClientOptions): CleverClient =>
    createCleverClient({ ...sandbox.clientOptions(), ...options });
  return { sandbox, appClient: client, tokenClient: client, close: () => sandbox.close() };
}
