import { setTimeout as sleep } from 'node:timers/promises';
import type { App } from '../app/app.js';
import type { Stage } from '../clever/stage.js';
import { CertifyError } from '../error.js';
import { AppTrouble, type Visitor } from '../visitor/visitor.js';
import type { Session } from './session.js';

const BETWEEN_TRIES_MS = 1_000;

/** What a try to log in needs. */
interface LoginTrial {
  readonly app: App;
  readonly stage: Stage;
  readonly visitor: () => Promise<Visitor>;
}

/**
 * Waits until the app's first request proves that it is pointed at the sandbox: it tries the app's own login again and
 * again, and counts any request with the app's client id. Registers the redirect URI of that login.
 * Where no suite is about logins, an app without one is ready when its sync asks for something.
 *
 * @throws {@link CertifyError} when the time is over.
 */
export async function waitForApp(session: Session): Promise<void> {
  const { stage, signal, resolved } = session;
  const deadline = Date.now() + resolved.waitMs;
  let arrived = false;
  void stage.firstRequest.then(() => {
    arrived = true;
  });
  const trial = { app: session.app, stage, visitor: () => session.newVisitor() };
  for (;;) {
    const atLogin = await tryLogin(trial);
    const problem = atLogin !== undefined && isSyncOnly(session) ? await trySync(session) : atLogin;
    if (problem !== undefined && stage.redirectUris.length > 0) {
      await tryPortal(trial);
    }
    signal.throwIfAborted();
    if (problem === undefined || (arrived && stage.redirectUris.length > 0)) {
      session.app.hasLoginButton = atLogin === undefined;
      session.emit({ kind: 'ready' });
      return;
    }
    if (Date.now() >= deadline) {
      throw new CertifyError('app_not_ready', `${problem} ${ADVICE}`);
    }
    session.emit({ kind: 'waiting', problem });
    await sleep(Math.min(BETWEEN_TRIES_MS, deadline - Date.now()), undefined, { signal });
  }
}

const ADVICE =
  'Put the printed variables into the environment of the app, start it again, and check `app` and `loginUrl`. An app whose login only a script can start needs `browser`, or the address that starts the login as `loginUrl`, or `redirectUris`.';

/** Whether an app may have no login at all, because nothing of one is tried. */
function isSyncOnly({ resolved, options }: Session): boolean {
  return options.syncCommand !== undefined && resolved.suites.every((suite) => suite === 'sync' || suite === 'lms');
}

/** Lets the app's sync run. Returns why it did not reach the sandbox; `undefined` when it did. */
async function trySync(session: Session): Promise<string | undefined> {
  const { text, mark } = await session.sync(0);
  return session.stage.witness.since(mark).calls.length > 0
    ? undefined
    : `The app's sync sent no request to the sandbox. ${text}`;
}

/** Opens an app that has no login of its own from the portal, as the only way in. */
async function tryPortal({ stage, ...session }: LoginTrial): Promise<void> {
  const { world } = stage;
  const [person] = world.sandbox.people({ role: 'teacher', limit: 1 });
  const visitor = await session.visitor();
  try {
    if (person !== undefined) {
      await visitor.open(world.entrance(person, 'portal'), 'other-site');
    }
  } catch (error) {
    if (!(error instanceof AppTrouble)) {
      throw error;
    }
  } finally {
    await visitor.close();
  }
}

/** Starts a login at the app. Returns why that did not lead to the sandbox; `undefined` when it did. */
async function tryLogin({ app, stage, ...session }: LoginTrial): Promise<string | undefined> {
  const { mark } = stage.witness;
  const visitor = await session.visitor();
  try {
    const start = await app.findLoginStart(visitor);
    await app.startLogin(visitor, start);
    const [authorization] = stage.witness.since(mark).authorizations;
    if (authorization === undefined) {
      return start.kind === 'none'
        ? `No “Log in with Clever” button was found at ${app.loginUrl.pathname} (status ${start.page.status}).`
        : `The login at ${app.loginUrl.pathname} did not lead to the sandbox.`;
    }
    const { clientId, redirectUri } = authorization;
    if (clientId !== stage.clientId) {
      return 'The app came to the sandbox with another client id: it has the origins, but not CLEVER_CLIENT_ID.';
    }
    if (redirectUri === undefined || !URL.canParse(redirectUri)) {
      return 'The app came to the sandbox without a redirect URI.';
    }
    stage.register(redirectUri);
    return undefined;
  } catch (error) {
    if (error instanceof AppTrouble) {
      return error.message;
    }
    throw error;
  } finally {
    await visitor.close();
  }
}
