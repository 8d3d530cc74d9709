import { CleverConfigError } from '../index.js';
import { type OneRosterVersion, VERSIONS } from '../oneroster-files/index.js';
import { checkOptions } from '../options/known-keys.js';
import { checkSignal } from '../options/signal.js';
import { checkFunction, checkInteger } from '../options/values.js';
import { sensitiveFieldsIn } from '../privacy/index.js';
import { keysOf } from '../util/keys-of.js';
import type { SensitiveField } from '../values/index.js';
import { carriedPaths, type MetadataColumn, metadataColumns, type OneRosterMetadata } from './convert/metadata.js';

/** How far an export has come. */
export interface OneRosterProgress {
  /** The file that rows are written to: `users.csv`. */
  readonly file: string;
  /** How many rows it has so far. */
  readonly rows: number;
}

/** Options of {@link exportOneRoster}. */
export interface ExportOptions {
  /** The version to write. */
  readonly version: OneRosterVersion;
  /**
   * Where to write: the path of a zip file, when it ends in `.zip`, or of a folder, which must be new, empty, or of an
   * earlier export (OneRoster's files alone, with a manifest). An earlier export is replaced when the new one is whole;
   * until then, files are in a folder beside it, `<out>.partial-` and six characters, which is removed at the end.
   * Files and folders are readable by their owner alone.
   */
  readonly out: string;
  /** Whether `demographics.csv` is written: dates of birth, sex, race and ethnicity of students. Default `false`. */
  readonly demographics?: boolean;
  /**
   * Sensitive student fields to write, by name, into `metadata.clever.` columns of `users.csv`: OneRoster has no column
   * for them. The client or the sync must have them as well. Default: none.
   */
  readonly sensitiveFields?: 'all' | readonly SensitiveField[];
  /**
   * Members to write into `metadata.clever.` columns: `'lms_status'`, and extension fields by their names, such as
   * `'ext.classroom'`. Default: none.
   */
  readonly metadata?: readonly OneRosterMetadata[];
  /**
   * Whether staff with the title of a principal become `principal` in `roles.csv` of 1.2, in place of
   * `siteAdministrator`. Titles are free text, so this is a guess. Default `false`.
   */
  readonly principalsByTitle?: boolean;
  /**
   * Writes only what has changed since an earlier export: its `checkpoint`. Needs the mirror of a sync with
   * `history: 'values'`. Default: everything.
   */
  readonly since?: string;
  /** Records per request to Clever, 1 to 10000. Default 1000. */
  readonly pageSize?: number;
  /** Called after each page of records. What it throws ends the export. */
  readonly onProgress?: (progress: OneRosterProgress) => void;
  /** Ends the export; it rejects with the signal's reason, and nothing is replaced. */
  readonly signal?: AbortSignal;
  /** The time of the export, for records that say nothing of their school year. Default: now. */
  readonly now?: Date;
}

const KEYS = keysOf<ExportOptions>()({
  version: true,
  out: true,
  demographics: true,
  sensitiveFields: true,
  metadata: true,
  principalsByTitle: true,
  since: true,
  pageSize: true,
  onProgress: true,
  signal: true,
  now: true,
});

/** Options, checked and with their defaults. */
export interface ResolvedExport {
  readonly version: OneRosterVersion;
  readonly out: string;
  readonly demographics: boolean;
  readonly principalsByTitle: boolean;
  readonly metadata: readonly MetadataColumn[];
  /** Paths of the members that the columns of `metadata` carry. */
  readonly carried: ReadonlySet<string>;
  readonly since: string | undefined;
  readonly pageSize: number;
  readonly onProgress: (progress: OneRosterProgress) => void;
  readonly signal: AbortSignal | undefined;
  /** As `YYYY-MM-DD`. */
  readonly today: string;
}

/**
 * Checks the options of an export.
 *
 * @throws `CleverConfigError` naming what is wrong.
 */
export function resolveExport(options: ExportOptions): ResolvedExport {
  const call = 'exportOneRoster()';
  checkOptions(call, options, KEYS);
  const { version, out, demographics = false, metadata = [], principalsByTitle = false, since } = options;
  const { pageSize = 1_000, onProgress, signal } = options;
  if (!VERSIONS.includes(version)) {
    throw new CleverConfigError(`${call}: \`version\` must be '1.1' or '1.2'.`);
  }
  if (typeof out !== 'string' || out.trim() === '') {
    throw new CleverConfigError(`${call}: \`out\` must be the path of a zip file or a folder.`);
  }
  if (typeof demographics !== 'boolean' || typeof principalsByTitle !== 'boolean') {
    throw new CleverConfigError(`${call}: \`demographics\` and \`principalsByTitle\` must be true or false.`);
  }
  const sensitive = sensitiveFieldsIn(options.sensitiveFields ?? []);
  if (sensitive === undefined) {
    throw new CleverConfigError(`${call}: \`sensitiveFields\` must be 'all' or a list of their names.`);
  }
  if (!Array.isArray(metadata)) {
    throw new CleverConfigError(`${call}: \`metadata\` must be a list.`);
  }
  if (since !== undefined && typeof since !== 'string') {
    throw new CleverConfigError(`${call}: \`since\` must be the \`checkpoint\` of an earlier export.`);
  }
  checkInteger('pageSize', pageSize, 1, 10_000);
  checkFunction('onProgress', onProgress);
  checkSignal(signal);
  return {
    version,
    out,
    demographics,
    principalsByTitle,
    metadata: metadataColumns(sensitive, metadata),
    carried: carriedPaths(sensitive, metadata),
    since,
    pageSize,
    onProgress: onProgress ?? (() => undefined),
    signal,
    today: dayOf(call, options.now),
  };
}

/** The day of a moment as `YYYY-MM-DD`, in UTC. */
export function dayOf(call: string, now: Date | undefined = new Date()): string {
  if (!(now instanceof Date) || Number.isNaN(now.getTime())) {
    throw new CleverConfigError(`${call}: \`now\` must be a valid Date.`);
  }
  return now.toISOString().slice(0, 10);
}
