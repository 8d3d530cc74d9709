import { json } from '../clever/api/answers.js';
import { hostnameOf, isLocalHost } from '../clever/browser/this-machine.js';
import { SandboxError } from '../roster/error.js';

/**
 * Returns the check of a listening sandbox: it answers at the names of this machine, at Clever's own, and at those
 * given.
 *
 * @param given - Further host names, without scheme, port and path.
 * @returns Whether the sandbox answers at a host, as in the `Host` header.
 * @throws {@link SandboxError} for what is no host name.
 */
export function hostCheck(given: readonly string[]): (host: string | undefined) => boolean {
  const names = Array.isArray(given)
    ? given.map((name) => (/^[^:]+$|^\[.*\]$/u.test(name) ? hostnameOf(name) : undefined))
    : [];
  if (!Array.isArray(given) || names.includes(undefined)) {
    throw new SandboxError("`hosts` must be a list of host names without scheme and port, such as ['sandbox.test'].");
  }
  const allowed = new Set(names);
  return (host) => {
    const hostname = hostnameOf(host);
    return hostname !== undefined && (isLocalHost(hostname) || allowed.has(hostname));
  };
}

/** The answer at any other host. It does not repeat the name. */
export function misdirected(): Response {
  return json(
    {
      error:
        'The sandbox does not answer at this host name, so that no web page reaches it under a name of its own. ' +
        'Use localhost or 127.0.0.1, or allow the name: listen({ hosts: [name] }), or clever-sdk sandbox --hosts name',
    },
    421,
  );
}
