/** The id to quote to Clever's support. Errors and events show it, so whatever does not look like one is left out. */
export function requestIdOf(headers: Headers): string | undefined {
  const id = headers.get('x-request-id') ?? headers.get('clever-request-id') ?? '';
  return /^[\w.:=+/-]{1,128}$/u.test(id) ? id : undefined;
}
