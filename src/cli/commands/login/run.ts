import { randomBytes } from 'node:crypto';
import {
  type CleverError,
  type CleverIdentity,
  createCleverClient,
  hasCode,
  type LoginResult,
} from '../../../index.js';
import { omitUndefined } from '../../../util/omit-undefined.js';
import { withResolvers } from '../../../util/with-resolvers.js';
import { clientOptions } from '../../session/connect.js';
import { readSettings, type Settings, VARIABLES } from '../../session/environment.js';
import { EXIT } from '../../session/exit-codes.js';
import { CommandFailure } from '../../session/failure.js';
import type { CommonOptions } from '../../session/options.js';
import type { CommandIo } from '../../terminal/io.js';
import { untilStopped } from '../../terminal/stopped.js';
import { visible, visibleJson } from '../../terminal/visible.js';
import { serveLogin } from './loopback.js';
import { donePage, failedPage, strayPage } from './pages.js';

/** Options of `clever-sdk login`. */
export interface LoginCommandOptions extends CommonOptions {
  readonly settings?: string;
  readonly district?: string;
  readonly browser: boolean;
  readonly showPerson?: boolean;
  readonly timeout: number;
}

const DEFAULT_REDIRECT_URI = 'http://localhost:3000/auth/clever/callback';

/** Logs one person in through the browser and shows what an app would know. The token is forgotten. */
export async function runLogin(io: CommandIo, options: LoginCommandOptions): Promise<void> {
  const settings = await readSettings(io, options.settings);
  const redirectUri = new URL(loopbackUri(settings.redirectUri ?? DEFAULT_REDIRECT_URI));
  const { clientId, clientSecret } = await appCredentials(io, settings);
  const clever = createCleverClient({
    clientId,
    clientSecret,
    redirectUri: redirectUri.href,
    ...clientOptions(io, options, settings),
  });
  const outcome = withResolvers<LoginResult>();
  const login = clever.login({
    cookieSecret: randomBytes(32).toString('base64'),
    onLogin: (result) => {
      outcome.resolve(result);
      return donePage();
    },
    onError: ({ error, request, status }) => {
      if (isOfThisLogin(error, request)) {
        outcome.reject(error);
        return failedPage(error.userMessage, status);
      }
      return strayPage(status);
    },
  });
  // The race below rejects with it; until then, a rejection must not count as unhandled.
  outcome.promise.catch(() => undefined);
  const server = await serveLogin(redirectUri, {
    start: (request) => login.start(request, omitUndefined({ districtId: options.district })),
    callback: (request) => login.callback(request),
  });
  try {
    await invite(io, server.startUrl, options);
    const { identity } = await withinTime(io, options.timeout, outcome.promise);
    await io.out(options.json === true ? `${visibleJson(jsonOf(identity, options))}\n` : summaryOf(identity, options));
  } finally {
    await server.close();
  }
}

/**
 * Whether a failed callback ends the command. Any page and program on this machine can send a GET to the callback; only
 * one with the `state` of this login is Clever's answer to it.
 */
function isOfThisLogin(error: CleverError, request: Request): boolean {
  return (
    !hasCode(error, 'oauth_callback') ||
    // With another `state`, the reason is `state_mismatch`.
    (error.reason === 'denied' && Boolean(new URL(request.url).searchParams.get('state')))
  );
}

async function appCredentials(io: CommandIo, { clientId, clientSecret }: Settings) {
  if (clientId === undefined) {
    throw new CommandFailure(
      `login needs the app's credentials: set ${VARIABLES.clientId} and ${VARIABLES.clientSecret}. ` +
        '`clever-sdk sandbox` prints some to try with.',
      EXIT.access,
    );
  }
  const secret = clientSecret ?? (await io.askSecret("The app's client secret"));
  if (secret === undefined || secret.trim() === '') {
    throw new CommandFailure(`no client secret. Set ${VARIABLES.clientSecret}.`, EXIT.access);
  }
  return { clientId, clientSecret: secret };
}

function loopbackUri(uri: string): string {
  const url = URL.canParse(uri) ? new URL(uri) : undefined;
  if (url?.protocol !== 'http:' || !['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)) {
    throw new CommandFailure(
      `login catches the browser on this machine, so ${VARIABLES.redirectUri} must be http on localhost, such as ` +
        `${DEFAULT_REDIRECT_URI}. Register it in the app's settings at Clever, beside those of your app.`,
      EXIT.usage,
    );
  }
  return uri;
}

async function invite(io: CommandIo, url: string, { browser, json }: LoginCommandOptions): Promise<void> {
  io.err(json === true ? `${visibleJson({ open: url })}\n` : `Open ${url}\n`);
  if (browser) {
    // The user can copy the address where no browser can be opened.
    await io.openBrowser(url).catch(() => undefined);
  }
}

async function withinTime<T>(io: CommandIo, seconds: number, outcome: Promise<T>): Promise<T> {
  const waiting = new AbortController();
  const late = io.sleep(seconds * 1_000, waiting.signal).then(() => {
    throw new CommandFailure(`no login within ${seconds} s. Raise --timeout, or try again.`);
  });
  const stopped = untilStopped(io.signal).then(() => {
    throw io.signal.reason;
  });
  try {
    return await Promise.race([outcome, late, stopped]);
  } finally {
    late.catch(() => undefined);
    stopped.catch(() => undefined);
    waiting.abort();
  }
}

/** A role, a connection and a district identify no person; the rest is shown with `--show-person`. */
function jsonOf(identity: CleverIdentity, { showPerson }: LoginCommandOptions): object {
  const { connection, districtId, role, roles, authorizedBy, id, name, email, legacyIds } = identity;
  return {
    role,
    roles,
    connection,
    districtId,
    authorizedBy,
    person: showPerson === true ? { id, name, email, legacyIds } : undefined,
  };
}

function summaryOf(identity: CleverIdentity, options: LoginCommandOptions): string {
  const { connection, districtId, role, roles, id, name, email } = identity;
  const by =
    connection === 'library' ? 'through the Clever Library' : `by the district ${visible(districtId ?? '(not named)')}`;
  return [
    `Logged in: ${visible(role ?? 'no role')}, ${by}.`,
    ...(roles.length > 1 ? [`Roles:  ${roles.map(visible).join(', ')}`] : []),
    ...(options.showPerson === true
      ? [
          `Id:     ${visible(id)}`,
          `Name:   ${visible([name.first, name.middle, name.last].filter((part) => part !== '').join(' '))}`,
          `E-mail: ${visible(email ?? 'none')}`,
        ]
      : ['(--show-person adds who it was.)']),
    '',
  ].join('\n');
}
