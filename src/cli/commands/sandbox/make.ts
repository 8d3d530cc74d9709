import {
  createSandbox,
  type DistrictSource,
  type DistrictSourceOptions,
  districtFromCsv,
  districtFromOneRoster,
  districtFromRecordings,
  type Sandbox,
  SandboxError,
  type SandboxOptions,
} from '../../../sandbox/index.js';
import { omitUndefined } from '../../../util/omit-undefined.js';
import { readSettings } from '../../session/environment.js';
import { EXIT } from '../../session/exit-codes.js';
import { CommandFailure } from '../../session/failure.js';
import type { FileProblem } from '../../session/file-problems.js';
import { isRedirectUri } from '../../session/redirect-uris.js';
import { sensitiveChoice } from '../../session/sensitive.js';
import type { CommandIo } from '../../terminal/io.js';
import type { SandboxCommandOptions } from './options.js';
import { type Origin, readStateFile, StateFile } from './state-file.js';

/** A sandbox, and the file in which it is kept, if there is one. */
export interface Made {
  readonly sandbox: Sandbox;
  readonly stateFile: StateFile | undefined;
  /** Whether the user named the redirect URIs. */
  readonly hasRedirectUri: boolean;
  /** What was left out of the files of `--csv` or `--oneroster`; `undefined` without them. */
  readonly leftOut: LeftOut | undefined;
}

/** What was left out of a district's files. */
export interface LeftOut {
  /** What the files are, as the beginning of a sentence: `The CSV upload has`. */
  readonly what: string;
  readonly problems: readonly FileProblem[];
}

/** A district of files. */
interface Upload {
  readonly district: DistrictSource;
  readonly leftOut: LeftOut;
}

/** What the small district with the Library has, as in the sandbox's default. */
const LIBRARY_STUDENTS = 240;

/**
 * Makes the sandbox that the options of the command ask for.
 *
 * @throws {@link CommandFailure} for options that exclude each other, and for files that cannot be used.
 */
export async function makeSandbox(io: CommandIo, options: SandboxCommandOptions): Promise<Made> {
  const { state } = options;
  checkFiles(options);
  const redirectUris = await redirectUrisOf(io, options);
  const kept = state === undefined ? undefined : await readStateFile(state);
  const origin = originOf(options, filesIn(options).length === 0 ? kept : { seed: kept?.seed });
  try {
    const upload = await uploadOf(options);
    const files = upload?.district ?? (await recordingOf(options));
    const sandbox = createSandbox(
      omitUndefined({
        ...appOptionsOf(options),
        ...clockOf(io, options),
        redirectUris,
        seed: origin.seed,
        ...(files === undefined ? districtOptionsOf(options, origin) : { districts: [files] }),
        state: kept?.state,
      }),
    );
    // The option counts more than what the file says.
    if (kept !== undefined && options.events !== undefined) {
      sandbox.events[options.events === 'on' ? 'enable' : 'disable']();
    }
    const stateFile = state === undefined ? undefined : new StateFile(state, sandbox, origin);
    return { sandbox, stateFile, hasRedirectUri: redirectUris !== undefined, leftOut: upload?.leftOut };
  } catch (error) {
    // It says what is wrong with files, options or state, without a value.
    throw error instanceof SandboxError ? new CommandFailure(error.message) : error;
  }
}

/** The options that name files of a district, as far as they are given. */
function filesIn({ csv, oneroster, recording }: SandboxCommandOptions): string[] {
  return Object.entries({ '--csv': csv, '--oneroster': oneroster, '--recording': recording }).flatMap(([name, path]) =>
    path === undefined ? [] : [name],
  );
}

/** @throws {@link CommandFailure} for options that exclude each other. */
function checkFiles(options: SandboxCommandOptions): void {
  const [files, another] = filesIn(options);
  if (files !== undefined && (options.students !== undefined || options.districts !== undefined)) {
    throw new CommandFailure(
      `--students and --districts are for invented districts: with ${files}, the files say who there is.`,
      EXIT.usage,
    );
  }
  if (another !== undefined) {
    throw new CommandFailure(
      `${files} and ${another} name files of one district each. Choose one of them.`,
      EXIT.usage,
    );
  }
  if (options.csv === undefined && options.csvStrict === true) {
    throw new CommandFailure('--csv-strict is for the files of a district: name their folder with --csv.', EXIT.usage);
  }
  if (options.oneroster === undefined && options.onerosterStrict === true) {
    throw new CommandFailure(
      '--oneroster-strict is for the files of a district: name them with --oneroster.',
      EXIT.usage,
    );
  }
}

/** The redirect URIs of the options, otherwise that of the environment or of the file of settings. */
async function redirectUrisOf(
  io: CommandIo,
  { redirectUri, settings }: SandboxCommandOptions,
): Promise<readonly string[] | undefined> {
  const { redirectUri: fromSettings } = await readSettings(io, settings);
  if (redirectUri !== undefined || fromSettings === undefined) {
    return redirectUri;
  }
  if (!isRedirectUri(fromSettings)) {
    throw new CommandFailure(
      'CLEVER_REDIRECT_URI must be an absolute URI without a fragment, such as http://localhost:5173/callback.',
      EXIT.usage,
    );
  }
  return [fromSettings];
}

function originOf({ seed, students, districts }: SandboxCommandOptions, kept: Partial<Origin> | undefined): Origin {
  return {
    seed: seed ?? kept?.seed,
    students: students ?? kept?.students,
    districts: districts ?? kept?.districts,
  };
}

function appOptionsOf(options: SandboxCommandOptions): SandboxOptions {
  const { rateLimit: limit, rateWindow, loginLifetime } = options;
  return omitUndefined({
    appName: options.appName,
    clientId: options.clientId,
    publicUrl: options.publicUrl,
    oidc: options.oidc,
    events: options.events === undefined ? undefined : options.events === 'on',
    apiVersions: options.apiVersions,
    rateLimit: omitUndefined({ limit, windowMs: inMs(rateWindow) }),
    userTokenLifetimeMs: inMs(loginLifetime),
    requestLogSize: options.requestLog,
  });
}

function inMs(seconds: number | undefined): number | undefined {
  return seconds === undefined ? undefined : seconds * 1_000;
}

/** A clock that begins at a time and goes on from there. */
function clockOf(io: CommandIo, { clock }: SandboxCommandOptions): Pick<SandboxOptions, 'clock'> {
  const startedAt = io.now();
  return clock === undefined ? {} : { clock: () => clock + io.now() - startedAt };
}

/** The district of the files of `--csv` or `--oneroster`. */
async function uploadOf(options: SandboxCommandOptions): Promise<Upload | undefined> {
  const { csv, csvStrict, oneroster, onerosterStrict } = options;
  if (csv !== undefined) {
    const onProblem = csvStrict === true ? 'throw' : 'skip';
    const district = await districtFromCsv(csv, { ...sharingOf(options), onProblem });
    return { district, leftOut: { what: 'The CSV upload has', problems: district.problems } };
  }
  if (oneroster !== undefined) {
    const onProblem = onerosterStrict === true ? 'throw' : 'skip';
    const district = await districtFromOneRoster(oneroster, { ...sharingOf(options), onProblem });
    const problems = district.problems.map(({ message: reason, ...place }) => ({ ...place, reason }));
    return { district, leftOut: { what: 'The OneRoster files have', problems } };
  }
  return undefined;
}

/** The district of the folder of `--recording`. */
async function recordingOf(options: SandboxCommandOptions): Promise<DistrictSource | undefined> {
  return options.recording === undefined
    ? undefined
    : await districtFromRecordings(options.recording, sharingOf(options));
}

function districtOptionsOf(
  options: SandboxCommandOptions,
  { seed, students, districts: count }: Origin,
): Pick<SandboxOptions, 'students' | 'districts'> {
  const shared = sharingOf(options);
  if (count === undefined && Object.keys(shared).length === 0) {
    return omitUndefined({ students });
  }
  // The districts that the sandbox has by default, with these options.
  const connected = Array.from(
    { length: count ?? 1 },
    (_, index): DistrictSource => omitUndefined({ ...shared, seed: (seed ?? 1) + index, students }),
  );
  const library: DistrictSource = {
    seed: (seed ?? 1) + connected.length,
    students: LIBRARY_STUDENTS,
    connection: 'library',
  };
  return { districts: [...connected, library] };
}

function sharingOf({ connection, tier, sensitive, attendance }: SandboxCommandOptions): DistrictSourceOptions {
  return omitUndefined({
    connection,
    tier,
    sensitiveFields: sensitive === undefined ? undefined : sensitiveChoice(sensitive),
    attendance: attendance === 'off' ? false : undefined,
  });
}
