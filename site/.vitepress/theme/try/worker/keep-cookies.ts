/** The constructors that {@link keepCookies} replaces. */
export interface CookieScope {
  Request: typeof Request;
  Response: typeof Response;
}

/**
 * Lets requests and responses that a script makes have cookies.
 *
 * A browser keeps cookies from scripts: `new Request()` drops `Cookie`, and `new Response()` drops `Set-Cookie`. In this
 * worker both sides of a login are scripts, an app and a Clever, and they exchange cookies with no one else. So each
 * request and response gets headers from which nothing is dropped.
 */
export function keepCookies(scope: CookieScope): void {
  scope.Request = withFreeHeaders(scope.Request);
  scope.Response = withFreeHeaders(scope.Response);
}

function withFreeHeaders<Kind extends typeof Request | typeof Response>(kind: Kind): Kind {
  return new Proxy(kind, {
    construct(target, [first, init]: [unknown, { headers?: HeadersInit } | undefined], newTarget) {
      const made: Request | Response = Reflect.construct(target, [first, init], newTarget);
      const headers = new Headers(init?.headers ?? (first instanceof target ? first.headers : undefined));
      for (const [name, value] of made.headers) {
        if (!headers.has(name)) {
          headers.set(name, value); // what the constructor adds: the content type of a text
        }
      }
      return Object.defineProperty(made, 'headers', { value: headers });
    },
  });
}
