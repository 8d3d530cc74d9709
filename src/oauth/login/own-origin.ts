import { CleverConfigError } from '../../errors/index.js';
import { isLoopbackHttp } from '../context.js';

/** Marks an address to which `start` has already sent the browser, so that it is sent there only once. */
const MOVED = 'clever_login_moved';
const MAX_SHOWN_LENGTH = 100;

/** A login was started at an origin whose cookies do not reach the callback. */
class WrongOriginError extends CleverConfigError {
  readonly #home: string;

  constructor(seen: string, home: string) {
    super(
      `login.start() was opened at ${seen}, but \`redirectUri\` is at ${home}: the callback would not receive the login's ` +
        `cookies. If ${seen} is another address of the same app, name it in the \`origins\` option of clever.login(), and ` +
        `start sends the browser to ${home} first. Otherwise, link to ${home}.`,
    );
    this.#home = home;
  }

  override get userMessage(): string {
    return `You cannot log in at this address. Please open ${this.#home} and log in there.`;
  }
}

/**
 * Returns where the browser has to go before its login can start: to the same path at the redirect URI's origin, if it
 * is at another address of the same app. Returns `undefined` if the login can start here.
 *
 * The browser's address follows from `X-Forwarded-Host`, `Host` or the request's URL: the first one that belongs to the
 * app counts, because proxies and frameworks replace some of them by internal names. None of them has to be
 * authentic: they decide only whether the browser moves to the redirect URI's origin.
 *
 * @param origins - The app's other origins.
 * @returns The address to go to; an error that names both origins if the browser's address is not one of the app's.
 */
export function moveToOwnOrigin(
  request: Request,
  redirectUri: string,
  origins: readonly string[],
): string | CleverConfigError | undefined {
  const home = new URL(redirectUri);
  const here = new URL(request.url);
  const addresses = addressesOf(request, here);
  const isHome = ({ hostname }: URL): boolean => hostname === home.hostname;
  const isVariant = (address: URL): boolean =>
    origins.some((origin) => new URL(origin).hostname === address.hostname) ||
    (isLoopback(home) && isLoopback(address));
  const seen = addresses.find((address) => isHome(address) || isVariant(address));
  if (seen === undefined) {
    return new WrongOriginError((addresses[0] ?? here).origin.slice(0, MAX_SHOWN_LENGTH), home.origin);
  }
  const needsTls = seen.protocol === 'http:' && home.protocol === 'https:';
  // A proxy may show the app the same name, or plain http, wherever the browser is: then it goes on.
  if ((isHome(seen) && !needsTls) || here.searchParams.has(MOVED)) {
    return undefined;
  }
  here.searchParams.set(MOVED, '1');
  return `${home.origin}${here.pathname}${here.search}`;
}

/** The addresses at which the browser may have made a request, the most likely one first. */
function addressesOf({ headers }: Request, here: URL): URL[] {
  const forwarded = firstOf(headers.get('x-forwarded-proto')) ?? '';
  const protocol = /^https?$/u.test(forwarded) ? `${forwarded}:` : here.protocol;
  return [firstOf(headers.get('x-forwarded-host')), headers.get('host'), here.host]
    .map((host) => `${protocol}//${host ?? ''}`)
    .filter((address) => URL.canParse(address))
    .map((address) => new URL(address));
}

/** The first of the values that several proxies have put into one header: that of the proxy next to the browser. */
function firstOf(value: string | null): string | undefined {
  return value?.split(',')[0]?.trim().toLowerCase() || undefined;
}

function isLoopback({ hostname }: URL): boolean {
  return isLoopbackHttp(`http://${hostname}`);
}
