/**
 * What Clever, and the proxies before it, are known to say about a failure. Sources: dev.clever.com/docs/error-messages
 * and docs/clever-lms-connect-api-errors; RFC 6749 and RFC 9110; observed; or said by the sandbox.
 */
const OF_SERVICES = [
  'Resource not found',
  "Resource not in token's scopes",
  'User not found',
  'Unrecognized API key',
  'Unrecognized token string',
  'Unrecognized token',
  'Missing access token',
  'No authorization provided',
  'Could not authorize token',
  'Invalid grant: invalid code',
  'Unknown redirect URI',
  'Assignment does not exist',
  'Section does not exist',
  'The district is not connected to a learning management system',
  'Request body is required, but was empty',
  'Request body must be a JSON object',
  'Missing required field(s): title, description, due_date',
  'Missing required field(s)',
  'due_date must be in the future',
  'attendance_status must be one of',
  'role must be one of',
  'primary must be true',
  'limit must not exceed',
  'limit must be a positive integer',
  'limit must be an integer',
  'starting_after and ending_before must be ids',
  'starting_after and ending_before cannot be combined',
  'cursor is invalid or has expired',
  'count cannot be combined with other parameters',
  // The errors of OAuth, which are better read as words.
  'invalid request',
  'invalid client',
  'invalid grant',
  'invalid scope',
  'unauthorized client',
  'unsupported grant type',
  'unsupported response type',
  'access denied',
  'server error',
  'temporarily unavailable',
  'redirect URI mismatch',
  // What HTTP calls its statuses.
  'Bad Request',
  'Unauthorized',
  'Forbidden',
  'Not Found',
  'Method Not Allowed',
  'Request Timeout',
  'Payload Too Large',
  'Too Many Requests',
  'Internal Server Error',
  'Not Implemented',
  'Bad Gateway',
  'Service Unavailable',
  'Gateway Timeout',
];

/** What the runtimes say when a connection fails, and JSON parsers about a text. */
const OF_RUNTIMES = [
  'fetch failed',
  'Failed to fetch',
  'Network connection lost',
  'Unable to connect',
  'terminated',
  'aborted',
  'other side closed',
  'socket hang up',
  'Bad escaped character',
  'looking for beginning of value',
];

const KNOWN: ReadonlyMap<string, string> = new Map(
  [...OF_SERVICES, ...OF_RUNTIMES].map((phrase) => [phrase.toLowerCase(), phrase]),
);

/** The longest phrase first, because an alternation takes the first that fits. */
const ANY_KNOWN = new RegExp(
  `(?<![\\w'])(?:${[...KNOWN.keys()]
    .sort((one, other) => other.length - one.length)
    .map((phrase) => phrase.replaceAll(/[()]/gu, '\\$&'))
    .join('|')})(?![\\w'])`,
  'iu',
);

/** How much of a message is read. A page or a record is not a message. */
const MAX_LENGTH = 1_000;

/**
 * Returns the known phrase that a foreign message contains, with `…` for everything around it.
 *
 * A server's error text may repeat parts of the request, which may name a child, and a name may be a plain word:
 * `grace`, `mark`. So this function does not look for what is secret. It quotes its own list, and nothing else.
 *
 * @param text - The message as received.
 * @returns An empty string for a message without a known phrase.
 */
export function knownPhrase(text: string): string {
  const message = text.slice(0, MAX_LENGTH).replaceAll('_', ' ');
  const found = ANY_KNOWN.exec(text.slice(0, MAX_LENGTH)) ?? ANY_KNOWN.exec(message);
  if (found === null) {
    return '';
  }
  const [before, after] = [text.slice(0, found.index), text.slice(found.index + found[0].length)];
  const phrase = KNOWN.get(found[0].toLowerCase()) ?? '';
  return `${hasWords(before) ? '… ' : ''}${phrase}${hasWords(after) ? ' …' : ''}`;
}

function hasWords(text: string): boolean {
  return /[^\s\p{P}]/u.test(text);
}
