import {
  type CleverClient,
  type CleverClientOptions,
  type ClientEvent,
  createCleverClient,
  type DistrictClient,
  type SensitiveField,
} from '../../index.js';
import { omitUndefined } from '../../util/omit-undefined.js';
import type { CommandIo } from '../terminal/io.js';
import { visible } from '../terminal/visible.js';
import { waitingOf, waitingText } from '../terminal/waiting.js';
import { readSettings, type Settings, VARIABLES } from './environment.js';
import { EXIT } from './exit-codes.js';
import { CommandFailure } from './failure.js';
import type { ConnectionOptions } from './options.js';

/** Which sensitive fields a command may print: those that the user named, none by default, or all. */
export type SensitiveChoice = 'all' | readonly string[];

/** What a command asks of the client of a district. */
export interface DistrictChoices {
  readonly sensitive?: SensitiveChoice | undefined;
  /** Called with each event of the client, with and without `--verbose`. */
  readonly onEvent?: ((event: ClientEvent) => void) | undefined;
}

/** A client of one district, and the settings that it was made from. */
export interface DistrictSession {
  readonly district: DistrictClient<SensitiveField>;
  readonly settings: Settings;
  /** The logins of the app, when its credentials were used. */
  readonly oauth?: CleverClient<'v3.0' | 'v3.1'>['oauth'];
}

/**
 * Finds the credentials and makes the client of one district.
 *
 * The district-app token comes from the environment or a file; else the app's credentials look it up; else the user is
 * asked for it at the terminal.
 *
 * @throws {@link CommandFailure} when there are no credentials, or several districts and no choice.
 */
export async function connectDistrict(
  io: CommandIo,
  options: ConnectionOptions,
  { sensitive = [], onEvent }: DistrictChoices = {},
): Promise<DistrictSession> {
  const settings = await readSettings(io, options.settings);
  const common = clientOptions(io, options, settings, onEvent);
  const sensitiveFields = sensitive as 'all';
  const app = appOf(options, settings);
  if (app !== undefined && (options.district !== undefined || settings.districtToken === undefined)) {
    const clever = createCleverClient({ ...app, ...common });
    const districtId = options.district ?? (await onlyOf(await connectedDistricts(clever), clever));
    const district = clever.district({ districtId, sensitiveFields }) as DistrictClient<SensitiveField>;
    return { district, settings, oauth: clever.oauth };
  }
  const token = await districtTokenOf(io, settings);
  const district = createCleverClient(common).district({ token, sensitiveFields }) as DistrictClient<SensitiveField>;
  return { district, settings };
}

/** The options of every client that the command line makes. */
export function clientOptions(
  io: CommandIo,
  options: ConnectionOptions,
  settings: Settings,
  onEvent?: (event: ClientEvent) => void,
): CleverClientOptions {
  return omitUndefined({
    signal: io.signal,
    now: () => io.now(),
    apiOrigin: settings.apiOrigin,
    authOrigin: settings.authOrigin,
    apiVersion: options.apiVersion,
    fetch: io.fetch,
    onEvent: (event: ClientEvent) => {
      onEvent?.(event);
      if (options.verbose === true) {
        io.err(`${lineOf(event)}\n`);
      }
    },
  });
}

/**
 * Returns the app's credentials, where the settings have them.
 *
 * @throws {@link CommandFailure} when a district was chosen without them.
 */
export function appOf(
  { district }: ConnectionOptions,
  { clientId, clientSecret }: Settings,
): { readonly clientId: string; readonly clientSecret: string } | undefined {
  if (clientId !== undefined && clientSecret !== undefined) {
    return { clientId, clientSecret };
  }
  if (district !== undefined) {
    throw new CommandFailure(
      `--district needs the app's credentials: set ${VARIABLES.clientId} and ${VARIABLES.clientSecret}.`,
      EXIT.access,
    );
  }
  return undefined;
}

/**
 * Returns the district-app token of the settings; without one, asks for it at the terminal.
 *
 * @throws {@link CommandFailure} when none was found.
 */
export async function districtTokenOf(io: CommandIo, { districtToken }: Settings): Promise<string> {
  const token = districtToken ?? (await io.askSecret('District-app token'));
  if (token === undefined || token.trim() === '') {
    throw new CommandFailure(
      `no credentials. Set ${VARIABLES.districtToken}, or ${VARIABLES.clientId} and ${VARIABLES.clientSecret}, ` +
        'in the environment or in a file for --settings. `clever-sdk sandbox` prints some to try with.',
      EXIT.access,
    );
  }
  return token;
}

/**
 * Returns the ids of the districts that the app is connected to.
 *
 * @throws {@link CommandFailure} when no district is connected.
 */
export async function connectedDistricts(clever: CleverClient<'v3.0' | 'v3.1'>): Promise<readonly string[]> {
  const ids = (await clever.oauth.districtTokens()).flatMap(({ owner }) => owner?.id ?? []);
  if (ids.length === 0) {
    throw new CommandFailure(
      'no district has connected the app yet. Its administrator connects it in Clever; `clever-sdk doctor` says more.',
      EXIT.access,
    );
  }
  return ids;
}

/** How many districts are listed where one has to be chosen: each name is a request. */
const LISTED = 20;

/** A client that can read a district by its id. */
type DistrictReader = Pick<CleverClient<'v3.0' | 'v3.1'>, 'district'>;

/**
 * Returns the only district.
 *
 * @throws {@link CommandFailure} with the districts and their names, when there are several.
 */
export async function onlyOf(ids: readonly string[], clever: DistrictReader): Promise<string> {
  const [only, ...others] = ids;
  if (only === undefined || others.length > 0) {
    const lines = await Promise.all(ids.slice(0, LISTED).map((id) => districtLine(clever, id)));
    const more = ids.length > LISTED ? [`  … and ${ids.length - LISTED} more`] : [];
    throw new CommandFailure(
      [`the app is connected to ${ids.length} districts. Choose one with --district:`, ...lines, ...more].join('\n'),
      EXIT.usage,
    );
  }
  return only;
}

/** A name helps to choose, and a district whose name cannot be read can be chosen all the same. */
async function districtLine(clever: DistrictReader, districtId: string): Promise<string> {
  const name = await clever
    .district({ districtId })
    .districts.list()
    .firstPage()
    .then(({ data }) => data[0]?.name)
    .catch(() => undefined);
  return `  ${visible(districtId)}${name ? `  ${visible(name)}` : ''}`;
}

/** One event of the client for `--verbose`: templates, numbers and words, never a value. */
function lineOf(event: ClientEvent): string {
  const { kind, method, pathTemplate, ...rest } = event;
  const waiting = waitingOf(event);
  const details = Object.entries(rest)
    .filter(([, value]) => value !== undefined && typeof value !== 'object')
    .map(([name, value]) => `${name}=${typeof value === 'number' ? Math.round(value) : visible(String(value))}`);
  return [kind, method, pathTemplate, ...details, ...(waiting === undefined ? [] : [`(${waitingText(waiting)})`])].join(
    ' ',
  );
}
