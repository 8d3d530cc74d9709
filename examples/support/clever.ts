import {
  type AppClientOptions,
  type CleverClient,
  type CleverClientOptions,
  type CleverTokenClient,
  createCleverClient,
} from 'clever-sdk';
import { createSandbox, districtFromRecordings, type Sandbox } from 'clever-sdk/sandbox';

/** Where an example runs: on Clever itself, with what the environment holds, or on a sandbox of its own. */
export interface Stage {
  /** The sandbox, when there are no credentials of Clever's. */
  readonly sandbox: Sandbox | undefined;
  /** A client with the app's credentials; `undefined` when the environment has only tokens. */
  appClient(options?: CleverClientOptions): CleverClient | undefined;
  /** A client for tokens, whatever else there is. */
  tokenClient(options?: CleverClientOptions): CleverTokenClient;
  /** Ends the sandbox. */
  close(): Promise<void>;
}

const credentials = ['CLEVER_CLIENT_ID', 'CLEVER_DISTRICT_TOKEN', 'CLEVER_LIBRARY_TOKEN'];

/** An environment variable; an empty one counts as absent. */
export function environment(name: string): string | undefined {
  const value = process.env[name];
  return value === undefined || value === '' ? undefined : value;
}

/**
 * Sets the stage: Clever itself when any of its credentials is in the environment, otherwise a sandbox on this machine.
 * `CLEVER_RECORDINGS` may name a folder of recorded responses for the sandbox to serve in place of its seeded districts.
 */
export async function setStage(): Promise<Stage> {
  return credentials.some((name) => environment(name) !== undefined) ? cleverStage() : sandboxStage();
}

function cleverStage(): Stage {
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

/** An option that is set, or none at all. */
function option<Name extends string>(name: Name, value: string | undefined): { [Key in Name]?: string } {
  return (value === undefined ? {} : { [name]: value }) as { [Key in Name]?: string };
}

async function sandboxStage(): Promise<Stage> {
  const recordings = environment('CLEVER_RECORDINGS');
  const source = recordings === undefined ? {} : { districts: [await districtFromRecordings(recordings)] };
  const sandbox = await createSandbox(source).listen({ port: 0 });
  const client = (options?: CleverClientOptions): CleverClient =>
    createCleverClient({ ...sandbox.clientOptions(), ...options });
  return { sandbox, appClient: client, tokenClient: client, close: () => sandbox.close() };
}
