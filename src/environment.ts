import { CleverConfigError } from './errors/index.js';
import { Secret, type SecretSource } from './privacy/index.js';
import { omitUndefined } from './util/omit-undefined.js';

/** The options that {@link cleverOptionsFromEnv} reads. */
export interface CleverEnvOptions {
  /** `CLEVER_CLIENT_ID`. */
  readonly clientId: string;
  /** `CLEVER_CLIENT_SECRET`. Printing it, and JSON, show `[redacted]`. */
  readonly clientSecret: SecretSource;
  /** `CLEVER_REDIRECT_URI`. */
  readonly redirectUri?: string;
  /** `CLEVER_API_ORIGIN`. */
  readonly apiOrigin?: string;
  /** `CLEVER_AUTH_ORIGIN`. */
  readonly authOrigin?: string;
}

const CALL = 'cleverOptionsFromEnv()';
const VARIABLES = [
  'CLEVER_CLIENT_ID',
  'CLEVER_CLIENT_SECRET',
  'CLEVER_REDIRECT_URI',
  'CLEVER_API_ORIGIN',
  'CLEVER_AUTH_ORIGIN',
] as const;
/** Tokens are no options of the client, but they are documented beside them. */
const TOKENS = ['CLEVER_DISTRICT_TOKEN', 'CLEVER_LIBRARY_TOKEN'];
/** `clever-sdk certify` sets these for the commands of an app: whom to remove, and what to do with which assignment. */
const CERTIFY = [
  'CLEVER_DISTRICT_ID',
  'CLEVER_SECTION_ID',
  'CLEVER_TEACHER_ID',
  'CLEVER_LMS_ACTION',
  'CLEVER_ASSIGNMENT',
];
const KNOWN: readonly string[] = [...VARIABLES, ...TOKENS, ...CERTIFY];

/**
 * Reads the options of {@link createCleverClient} from environment variables: `CLEVER_CLIENT_ID` and
 * `CLEVER_CLIENT_SECRET`, which are required, and `CLEVER_REDIRECT_URI`, `CLEVER_API_ORIGIN` and
 * `CLEVER_AUTH_ORIGIN`. An empty variable counts as absent. The values are checked by the client.
 *
 * Refuses any other name that begins with `CLEVER_`, because it is probably a misspelt one of these.
 * Ignored are `CLEVER_DISTRICT_TOKEN` and `CLEVER_LIBRARY_TOKEN`, which the command line and the examples read, and
 * `CLEVER_DISTRICT_ID`, `CLEVER_SECTION_ID`, `CLEVER_TEACHER_ID`, `CLEVER_LMS_ACTION` and `CLEVER_ASSIGNMENT`, which
 * `clever-sdk certify` sets for the commands of an app. Reads nothing but its argument.
 *
 * @param env - The variables: `process.env`, `Deno.env.toObject()`, or the `env` of a Worker.
 * @throws {@link CleverConfigError} naming the variables that are missing or not known, never a value.
 *
 * @example
 * ```ts
 * import { cleverOptionsFromEnv, createCleverClient } from 'clever-sdk';
 *
 * // As a function, the variables are read at the first use and not while the app is built.
 * const clever = createCleverClient(() => cleverOptionsFromEnv(process.env));
 * ```
 */
export function cleverOptionsFromEnv(env: Readonly<Record<string, unknown>>): CleverEnvOptions {
  if (typeof env !== 'object' || env === null) {
    throw new CleverConfigError(`${CALL} needs the environment variables as an object, such as \`process.env\`.`);
  }
  const unknown = Object.keys(env).filter((name) => name.startsWith('CLEVER_') && !KNOWN.includes(name));
  if (unknown.length > 0) {
    throw new CleverConfigError(
      `${CALL} does not know ${unknown.map(nameOf).join(', ')}. It reads: ${VARIABLES.join(', ')}. Correct the name; if the ` +
        'variable is for something else, pass an object without it.',
    );
  }
  const [clientId, clientSecret, redirectUri, apiOrigin, authOrigin] = VARIABLES.map((name) => textOf(env, name));
  if (clientId === undefined || clientSecret === undefined) {
    const missing = KNOWN.slice(0, 2).filter((name) => textOf(env, name) === undefined);
    throw new CleverConfigError(
      `${CALL}: ${missing.join(' and ')} must be set, from the app's settings at Clever. \`npx clever-sdk sandbox\` prints ` +
        'values to try with.',
    );
  }
  return { clientId, clientSecret: new Secret(clientSecret), ...omitUndefined({ redirectUri, apiOrigin, authOrigin }) };
}

function textOf(env: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = Object.hasOwn(env, name) ? env[name] : undefined;
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

/** Returns a name for a message. Anything that is no name may be a value that was put into the wrong place. */
function nameOf(name: string): string {
  return /^\w{1,60}$/u.test(name) ? name : 'a name with characters that no variable has';
}
