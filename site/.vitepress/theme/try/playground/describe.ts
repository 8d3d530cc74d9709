import { type ClientEvent, isCleverError } from 'clever-sdk';

/** What the client reports while it reads, as one line. */
export function describeEvent(event: ClientEvent): string {
  const what = `${event.method} ${event.pathTemplate}`;
  switch (event.kind) {
    case 'request':
      return `→ ${what}${event.attempt === 1 ? '' : ` (attempt ${event.attempt})`}`;
    case 'response':
      return `← ${event.status} after ${Math.round(event.durationMs)} ms`;
    case 'retry':
      return `… attempt ${event.attempt} failed (${event.status ?? event.reason}); the next one follows in ${seconds(event.delayMs)}`;
    case 'wait':
      return `… waits ${seconds(event.delayMs)} for the rate limit`;
    case 'ignored_wait':
      return `… does not believe a wait of ${seconds(event.namedMs)} in ${event.header}`;
    case 'page':
      return `= page ${event.pageNumber}: ${event.itemCount} records${event.hasNext ? '' : ', the last page'}`;
    case 'irregular_page':
      return `! irregular page: ${event.reason} (${event.itemCount} records)`;
    case 'validation':
      return `! a record is not as documented: ${event.issues.map(({ path, code }) => `${path} ${code}`).join(', ')}`;
  }
}

/** What a developer reads of an error: its name, code and message, which says what to do. */
export function describeError(error: unknown): string {
  if (isCleverError(error)) {
    return `${error.name} (${error.code})\n${error.message}\nTo the person who uses the app: “${error.userMessage}”`;
  }
  return error instanceof Error ? `${error.name}\n${error.message}` : `A value was thrown: ${String(error)}`;
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1_000).toFixed(1)} s`;
}
