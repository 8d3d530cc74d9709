/** The host names of this machine, and those of Clever, which tests use without a network. */
const LOCAL = /^(?:(?:[\w-]+\.)*localhost|127(?:\.\d{1,3}){3}|\[::1\]|(?:api\.)?clever\.com)\.?$/u;

/**
 * Whether a host name is one of this machine, or of Clever itself. Under any other, a web page whose name resolves to
 * this machine (DNS rebinding) could read what the sandbox answers in its visitor's browser.
 *
 * @param hostname - As in `URL.hostname`.
 */
export function isLocalHost(hostname: string): boolean {
  return LOCAL.test(hostname);
}

/**
 * Whether the browser of a request used a host name of this machine. A proxy before the sandbox, such as a tunnel,
 * may replace the name and says so in `X-Forwarded-Host`.
 */
export function isAskedHere({ url, headers }: Request): boolean {
  const forwarded = (headers.get('x-forwarded-host') ?? '').split(',').map((host) => host.trim());
  const names = forwarded.filter((host) => host !== '').map(hostnameOf);
  return [new URL(url).hostname, ...names].every((name) => name !== undefined && isLocalHost(name));
}

/** The host name in a `Host` header, in lower case and without a dot at the end; `undefined` for what is none. */
export function hostnameOf(host: unknown): string | undefined {
  const isHost = typeof host === 'string' && /^[\w.:[\]-]+$/u.test(host) && URL.canParse(`http://${host}`);
  return isHost ? new URL(`http://${host}`).hostname.replace(/\.$/u, '') : undefined;
}
