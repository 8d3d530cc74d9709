/** Clever's own, where a request names no other origin. */
const CLEVER = { auth: 'https://clever.com', api: 'https://api.clever.com' } as const;

/** Where the parts of Clever are, as the one who asks sees them. */
export interface Origins {
  /** The issuer: `https://clever.com`, or where the sandbox listens. */
  readonly auth: string;
  readonly api: string;
}

/**
 * The origins to name in an answer, without a slash at the end: the one at which the sandbox was asked, because a client that says
 * `localhost` for `127.0.0.1` must find the issuer that it expects. Clever's two names stand for each other.
 */
export function originsOf(request: Request): Origins {
  const { origin } = new URL(request.url);
  return origin === CLEVER.auth || origin === CLEVER.api ? CLEVER : { auth: origin, api: origin };
}
