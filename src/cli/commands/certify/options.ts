import { InvalidArgumentError } from 'commander';
import type { Suite } from '../../../certify/index.js';
import { didYouMean } from '../../session/closest.js';
import { type CommonOptions, commaList } from '../../session/options.js';

/** Options of `clever-sdk certify`. */
export interface CertifyCommandOptions extends Omit<CommonOptions, 'json'> {
  readonly app: string;
  readonly suite?: readonly Suite[];
  readonly loginUrl?: string;
  readonly whoami?: string;
  readonly logoutUrl?: string;
  readonly redirectUri?: readonly string[];
  readonly syncCommand?: string;
  readonly rosterCommand?: string;
  readonly purgeCommand?: string;
  readonly lmsCommand?: string;
  readonly cwd?: string;
  readonly browser?: 'chromium';
  readonly browserPath?: string;
  readonly report?: string;
  readonly junit?: string;
  /** A file, or `true` for standard output. */
  readonly json?: string | true;
  readonly form?: string;
  readonly only?: readonly string[];
  readonly expect?: string;
  readonly seed?: number;
  readonly port?: number;
  readonly clientId?: string;
  readonly iOwnThisApp?: string;
  readonly wait?: number;
  readonly answerTime?: number;
  readonly commandTime?: number;
  readonly time?: number;
  readonly requests?: number;
}

/** The entry has the same list; it is loaded only when the command runs. */
const SUITES: readonly string[] = ['sso', 'library', 'sync', 'lms'] satisfies readonly Suite[];

/** Parses names of suites with commas; an option that is given again adds to them. */
export function suiteList(text: string, previous: readonly Suite[] = []): readonly Suite[] {
  const names = commaList(text);
  const wrong = names.find((name) => !SUITES.includes(name));
  if (wrong !== undefined) {
    throw new InvalidArgumentError(`It must be names of ${SUITES.join(', ')}.${didYouMean(wrong, SUITES)}`);
  }
  return [...new Set([...previous, ...(names as readonly Suite[])])];
}

/** What the command line calls the options of the library, whose messages name them. */
const FLAGS: Readonly<Record<string, string>> = {
  app: '--app',
  suites: '--suite',
  loginUrl: '--login-url',
  whoami: '--whoami',
  logoutUrl: '--logout-url',
  redirectUris: '--redirect-uri',
  syncCommand: '--sync-command',
  rosterCommand: '--roster-command',
  purgeCommand: '--purge-command',
  lmsCommand: '--lms-command',
  cwd: '--cwd',
  browser: '--browser',
  browserPath: '--browser-path',
  only: '--only',
  expect: '--expect',
  seed: '--seed',
  port: '--port',
  clientId: '--client-id',
  iOwnThisApp: '--i-own-this-app',
  waitMs: '--wait',
  answerMs: '--answer-time',
  commandMs: '--command-time',
  timeoutMs: '--time',
  maxRequests: '--requests',
};

/** A message of the library, with the names that a person at a terminal knows. */
export function withFlags(message: string): string {
  return message.replace(
    /`(\w+)`/gu,
    (found, name: string) => (Object.hasOwn(FLAGS, name) ? FLAGS[name] : found) ?? found,
  );
}
