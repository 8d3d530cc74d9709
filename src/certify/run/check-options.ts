import { keysOf } from '../../util/keys-of.js';
import { CATALOGUE } from '../catalogue/index.js';
import { CertifyError } from '../error.js';
import type { CertifyOptions } from '../options.js';
import { SUITES, type Suite, type Verdict } from '../verdict.js';
import { isLoopback } from './loopback.js';

const KEYS = keysOf<CertifyOptions>()({
  app: true,
  suites: true,
  loginUrl: true,
  whoami: true,
  logoutUrl: true,
  redirectUris: true,
  syncCommand: true,
  rosterCommand: true,
  purgeCommand: true,
  lmsCommand: true,
  cwd: true,
  browser: true,
  browserPath: true,
  only: true,
  expect: true,
  seed: true,
  port: true,
  clientId: true,
  clientSecret: true,
  iOwnThisApp: true,
  waitMs: true,
  answerMs: true,
  commandMs: true,
  timeoutMs: true,
  maxRequests: true,
  onEvent: true,
  signal: true,
});
const VERDICTS: readonly unknown[] = ['pass', 'fail', 'warn', 'review', 'skipped'] satisfies Verdict[];

/** Fixed, so that an app's environment survives a restart. They open a sandbox on this machine and nothing else. */
const DEFAULT_CLIENT_ID = 'c1e4e7c0de5a1db0c5f0';
const DEFAULT_CLIENT_SECRET = 'ce471f1ab1e5ec2e70f7be5a1db0c5f00dd15c0d';
/** Beside the sandbox's own 3789. */
const DEFAULT_PORT = 3790;

/** Every option, checked, with its default. */
export interface ResolvedOptions {
  readonly app: URL;
  readonly suites: readonly Suite[];
  readonly loginUrl: URL;
  readonly logoutUrl: URL | undefined;
  readonly redirectUris: readonly string[];
  readonly seed: number;
  readonly port: number;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly cwd: string;
  readonly waitMs: number;
  readonly answerMs: number;
  readonly commandMs: number;
  readonly timeoutMs: number;
  readonly maxRequests: number;
  readonly expect: Readonly<Record<string, Verdict>>;
}

/**
 * Checks the options of a run, and refuses apps that it must not touch.
 *
 * @throws {@link CertifyError} that names the option and what to give.
 */
export function checkOptions(options: CertifyOptions): ResolvedOptions {
  if (typeof options !== 'object' || options === null) {
    throw wrong('certify() takes an object with options: { app: "http://localhost:3000" }.');
  }
  const unknown = Object.keys(options).find((key) => !(KEYS as readonly string[]).includes(key));
  if (unknown !== undefined) {
    throw wrong(`certify() has no option \`${unknown.slice(0, 40)}\`. It has: ${KEYS.join(', ')}.`);
  }
  const app = appOf(options);
  const suites = SUITES.filter((suite) => (options.suites ?? ['sso']).includes(suite));
  const odd = options.suites?.find((suite) => !SUITES.includes(suite));
  if (odd !== undefined || suites.length === 0) {
    throw wrong(`\`suites\` must be a list of ${SUITES.join(', ')}.`);
  }
  return {
    app,
    suites,
    loginUrl: pathOf(app, options.loginUrl ?? '/login', 'loginUrl'),
    logoutUrl: options.logoutUrl === undefined ? undefined : pathOf(app, options.logoutUrl, 'logoutUrl'),
    redirectUris: redirectUrisOf(options, app),
    seed: wholeNumber(options.seed ?? Math.floor(Math.random() * 1_000_000), 'seed', 0, 2 ** 31),
    port: wholeNumber(options.port ?? DEFAULT_PORT, 'port', 0, 65_535),
    clientId: options.clientId ?? DEFAULT_CLIENT_ID,
    clientSecret: options.clientSecret ?? DEFAULT_CLIENT_SECRET,
    cwd: options.cwd ?? process.cwd(),
    waitMs: wholeNumber(options.waitMs ?? 120_000, 'waitMs', 1),
    answerMs: wholeNumber(options.answerMs ?? 30_000, 'answerMs', 1),
    commandMs: wholeNumber(options.commandMs ?? 120_000, 'commandMs', 1),
    timeoutMs: wholeNumber(options.timeoutMs ?? 900_000, 'timeoutMs', 1),
    maxRequests: wholeNumber(options.maxRequests ?? 5_000, 'maxRequests', 1),
    expect: expectOf(options.expect ?? {}),
  };
}

function appOf({ app: given, iOwnThisApp }: CertifyOptions): URL {
  const text = String(given);
  const app = URL.canParse(text) ? new URL(text) : undefined;
  if (app === undefined || (app.protocol !== 'http:' && app.protocol !== 'https:')) {
    throw wrong('`app` must be the address of your running app: http://localhost:3000.');
  }
  const { hostname } = app;
  if (/(?:^|\.)clever\.com\.?$/iu.test(hostname)) {
    throw new CertifyError(
      'not_allowed',
      '`app` is a host of Clever. Give the address of your own app: a run sends it what no live service should get.',
    );
  }
  if (!isLoopback(hostname) && iOwnThisApp?.toLowerCase() !== hostname) {
    throw new CertifyError(
      'not_allowed',
      `${hostname} is not on this machine. A run sends forged logins and many requests: only if the app is yours, name its host by \`iOwnThisApp\` (--i-own-this-app ${hostname}).`,
    );
  }
  return new URL(app.origin);
}

function redirectUrisOf({ redirectUris = [] }: CertifyOptions, app: URL): readonly string[] {
  for (const uri of redirectUris) {
    if (!URL.canParse(uri) || (new URL(uri).hostname !== app.hostname && !isLoopback(new URL(uri).hostname))) {
      throw wrong('`redirectUris` must be absolute addresses of the app: http://localhost:3000/auth/clever/callback.');
    }
  }
  return redirectUris;
}

function pathOf(app: URL, path: string, name: string): URL {
  const url = typeof path === 'string' && URL.canParse(path, app) ? new URL(path, app) : undefined;
  if (url === undefined || (url.hostname !== app.hostname && !isLoopback(url.hostname))) {
    throw wrong(`\`${name}\` must be a path of the app: /login.`);
  }
  return url;
}

function wholeNumber(value: number, name: string, least: number, most = Number.MAX_SAFE_INTEGER): number {
  if (!Number.isSafeInteger(value) || value < least || value > most) {
    throw wrong(
      `\`${name}\` must be a whole number from ${least}${most === Number.MAX_SAFE_INTEGER ? '' : ` to ${most}`}.`,
    );
  }
  return value;
}

function expectOf(expect: unknown): Readonly<Record<string, Verdict>> {
  const isList = typeof expect === 'object' && expect !== null && !Array.isArray(expect);
  if (!isList || !Object.values(expect).every((verdict) => VERDICTS.includes(verdict))) {
    throw wrong(
      `\`expect\` must be an object of probes and verdicts: { "sso.logout": "fail" }. Verdicts: ${VERDICTS.join(', ')}.`,
    );
  }
  const unknown = Object.keys(expect).find((id) => !CATALOGUE.some((requirement) => requirement.id === id));
  if (unknown !== undefined) {
    throw wrong(`\`expect\` names “${unknown.slice(0, 60)}”, and no probe has this id. Ids are in every report.`);
  }
  return expect as Readonly<Record<string, Verdict>>;
}

function wrong(message: string): CertifyError {
  return new CertifyError('options', message);
}
