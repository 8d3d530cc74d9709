import type { CleverErrorCode } from '../../index.js';

/** Exit codes of the command line. `clever-sdk --help` and docs/guides/cli.md print them from here. */
export const EXIT = {
  ok: 0,
  failure: 1,
  usage: 2,
  access: 3,
  cursor: 4,
  held: 5,
  busy: 6,
  interrupted: 130,
} as const;

/** One of {@link EXIT}. */
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** The exit code of a command that an error of the SDK ended; `EXIT.failure` for the other codes. */
export const EXIT_BY_CODE: Partial<Record<CleverErrorCode, ExitCode>> = {
  config: EXIT.usage,
  authentication: EXIT.access,
  permission: EXIT.access,
  district_disconnected: EXIT.access,
  oauth: EXIT.access,
  oauth_callback: EXIT.access,
  oauth_token: EXIT.access,
  oauth_id_token: EXIT.access,
  cursor_expired: EXIT.cursor,
  sync_held: EXIT.held,
  sync_folder_locked: EXIT.busy,
  sync_running: EXIT.busy,
};

/** The exit codes of reasons whose code is not that of the others with the same `code`. */
export const EXIT_BY_REASON: Partial<Record<CleverErrorCode, Readonly<Record<string, ExitCode>>>> = {
  pagination: { invalid_cursor: EXIT.cursor },
};

/** Sets the exit code of a command that ends on its own; it is `EXIT.ok` when this is not called. */
export type Finish = (code: ExitCode) => void;

/** What each code means, for `--help`. */
export const EXIT_MEANINGS: Readonly<Record<ExitCode, string>> = {
  [EXIT.ok]:
    'done; also when the program reading the pipe closes it, and when a sandbox, `--follow`, `sync watch` or `sync status --serve` is stopped',
  [EXIT.failure]:
    'tried and failed: network, trouble at Clever, files, the database; certify: a probe failed, or the app did not answer; validate: there are problems',
  [EXIT.usage]: 'not understood: a wrong option, argument or file of settings; nothing was sent',
  [EXIT.access]: 'credentials or access: missing, refused, of the wrong kind; doctor: a check failed',
  [EXIT.cursor]: 'the position to continue from is too old or of another listing: start over with a full read',
  [EXIT.held]: 'sync: a run would take away more than the guard allows, and waits for `clever-sdk sync approve`',
  [EXIT.busy]: 'another process is at work on the same file, folder or district: try again when it has ended',
  [EXIT.interrupted]: 'interrupted by Ctrl+C or SIGTERM; what was written is whole',
};
