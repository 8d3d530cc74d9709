import { CleverConfigError } from '../errors/config.js';
import { checkOptions } from '../options/known-keys.js';
import {
  omissionOf,
  SENSITIVE_FIELDS,
  type SensitiveField,
  type SensitiveFieldsOption,
  sensitiveFieldsIn,
} from '../privacy/index.js';
import { keysOf } from '../util/keys-of.js';
import { Facts } from './capture/facts.js';
import { observe } from './capture/observe.js';
import { compose } from './compose/compose.js';
import { filesOf } from './write/files.js';
import { assertReplaceable, writeFolder } from './write/folder.js';

/** People that at least have the same values in what stays, unless an option says otherwise. */
export const DEFAULT_GROUP_SIZE = 5;

/** The longest answer that is recorded. A longer one is passed on, and left out. */
const LONGEST_BODY = 100_000_000;

/** Options of every recording. */
export interface RecordingOptions {
  /** The folder to write. It must not exist, or be empty, or contain an earlier recording, which is replaced. */
  readonly out: string;
  /**
   * How many people at least have the same values in what is kept of them: grades, enumerations, dates, the time in
   * the id. Values that fewer have are replaced by more common ones. 1 keeps all of them, and is for invented
   * districts only: a person with a rare grade can then be found. Default 5.
   */
  readonly groupSize?: number;
}

/** Options of {@link recorder}. */
export interface RecorderOptions extends RecordingOptions {
  /**
   * The sensitive student fields to record, each by its name, or `'all'`. Default: none, even if the client asks for
   * some. The others are left out of every record and event.
   */
  readonly sensitiveFields?: SensitiveFieldsOption;
}

/** A `fetch` that records, as {@link recorder} returns it. */
export interface RecordingFetch {
  (input: string | URL | Request, init?: RequestInit): Promise<Response>;
  /**
   * Writes the recording. Without it, nothing is written: what to replace is known only when all values are.
   * May be called again after further requests; stand-ins are then other ones.
   *
   * @throws `CleverConfigError` when nothing was recorded, or the folder has anything but a recording in it.
   */
  finish(): Promise<void>;
  /** Calls {@link finish}, unless that was done after the last answer, or nothing was answered. */
  [Symbol.asyncDispose](): Promise<void>;
}

const OPTIONS = keysOf<RecorderOptions>()({ out: true, groupSize: true, sensitiveFields: true });

/**
 * Records the answers to your own requests: a pseudonymous copy of them, for `districtFromRecordings` and
 * `clever-sdk sandbox --recording`. Pass the result as `fetch` of a client, run what you want to record, and call
 * `finish()`.
 *
 * Answers are passed on as they came. Real values are kept in memory until the end, and never written. Answers of
 * attendance and LMS Connect, and to logins, are left out; `report.txt` in the folder counts them.
 *
 * @param fetch - What sends the requests; it must not be another recorder.
 * @throws `CleverConfigError` for unknown options, and without `out`.
 *
 * @example
 * ```ts
 * import { createCleverClient } from 'clever-sdk';
 * import { recorder } from 'clever-sdk/recording';
 *
 * const recording = recorder(fetch, { out: './recording' });
 * const clever = createCleverClient({ fetch: recording });
 * const district = clever.district({ token: process.env.CLEVER_DISTRICT_TOKEN ?? '' });
 * for await (const section of district.sections.list()) {
 *   await district.sections.listUsers(section.id).toArray({ maxItems: 1_000 });
 * }
 * await recording.finish();
 * ```
 */
export function recorder(fetch: typeof globalThis.fetch, options: RecorderOptions): RecordingFetch {
  checkOptions('recorder()', options, OPTIONS);
  const { out, groupSize = DEFAULT_GROUP_SIZE, sensitiveFields = [] } = options;
  checkOut('recorder()', out);
  checkGroupSize(groupSize);
  const clean = omissionOf(checkSensitiveFields(sensitiveFields));
  const facts = new Facts();
  let isWritten = true;
  const record = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const response = await fetch(input, init);
    const body = await bodyOf(response);
    isWritten = false;
    if (body === undefined) {
      facts.drop('answers that could not be read, or are too long');
      return response;
    }
    const isRequest = input instanceof Request;
    const method = (init?.method ?? (isRequest ? input.method : 'GET')).toUpperCase();
    observe(facts, { method, url: isRequest ? input.url : String(input), status: response.status, body }, clean);
    return response;
  };
  const finish = async (): Promise<void> => {
    await writeRecording(facts, out, groupSize);
    isWritten = true;
  };
  return Object.assign(record, {
    finish,
    [Symbol.asyncDispose]: async () => {
      if (!isWritten && !facts.isEmpty) {
        await finish();
      }
    },
  });
}

function checkSensitiveFields(option: SensitiveFieldsOption): ReadonlySet<SensitiveField> {
  const fields = sensitiveFieldsIn(option);
  if (fields === undefined) {
    throw new CleverConfigError(
      `recorder(): \`sensitiveFields\` must be 'all' or a list of: ${SENSITIVE_FIELDS.join(', ')}.`,
    );
  }
  return fields;
}

/** The text of an answer, of which the caller can still read the body. */
async function bodyOf(response: Response): Promise<string | undefined> {
  try {
    const text = await response.clone().text();
    return text.length > LONGEST_BODY ? undefined : text;
  } catch {
    return undefined;
  }
}

/** Writes what facts say. */
export async function writeRecording(facts: Facts, out: string, groupSize: number): Promise<void> {
  if (facts.isEmpty) {
    throw new CleverConfigError('Nothing was recorded: no answer of a path of Clever came through this `fetch`.');
  }
  await assertReplaceable(out);
  await writeFolder(out, filesOf(compose(facts, groupSize), groupSize));
}

/** @throws `CleverConfigError` for what is no path. */
export function checkOut(call: string, out: unknown): void {
  if (typeof out !== 'string' || out === '') {
    throw new CleverConfigError(`${call}: \`out\` must be the path of a folder.`);
  }
}

/** @throws `CleverConfigError` for what is no size of a group. */
export function checkGroupSize(groupSize: unknown): void {
  if (typeof groupSize !== 'number' || !Number.isInteger(groupSize) || groupSize < 1 || groupSize > 1_000) {
    throw new CleverConfigError('`groupSize` must be a whole number from 1 to 1000.');
  }
}
