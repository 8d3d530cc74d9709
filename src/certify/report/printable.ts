import { visibleText } from '../../util/visible.js';
import type { Certification } from './certification.js';

/** Names of what is secret, and a quote after them, as in JSON. */
const NAME = String.raw`(\b(?:code|state|nonce|sid)|\w*(?:token|secret|passw(?:or)?d|api[_-]?key|cookie|session))(["']?`;
const QUOTED = `"[^"]*"|'[^']*'`;
const BARE = String.raw`[^\s&"',;)}\]]+`;
/** `code=…`, `COOKIE_SECRET='…'` */
const ASSIGNED = new RegExp(String.raw`${NAME}\s?=\s?)(?:${QUOTED}|${BARE})`, 'giu');
/** `"client_secret": "…"`, `password: …1`; a word without a digit is prose: “the state: it …” */
const AFTER_COLON = new RegExp(String.raw`${NAME}\s?:\s?)(?:${QUOTED}|(?=[^\s,;]*\d)${BARE})`, 'giu');

/**
 * What looks like a secret or an address of a person, and what is printed in its place. Probes put none into their
 * evidence; this is for what they quote, such as the last lines of a command of the app.
 */
const SECRETS: readonly (readonly [pattern: RegExp, replacement: string])[] = [
  // Codes and tokens of districts; tokens of people; those that are published for demos; signed tokens.
  [/\b(?:[\da-f]{40,}|il[\da-z]{30,}|ilc_\w+)\b/giu, '[redacted]'],
  [/\beyJ[\w-]{8,}(?:\.[\w-]*)*/gu, '[redacted]'],
  // A credential, and not a word such as “Basic authentication”.
  [/\b([Bb]earer|[Bb]asic)\s+(?=\S*(?:\d|[a-z][A-Z]|=))[\w+/=.~-]{8,}/gu, '$1 [redacted]'],
  [/:\/\/[^/\s@]*@/gu, '://[redacted]@'],
  [ASSIGNED, '$1$2[redacted]'],
  [AFTER_COLON, '$1$2[redacted]'],
  [/[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu, '[e-mail]'],
];

/** A text as a report may print it: without secrets, and without characters that are obeyed and not seen. */
function printableText(text: string): string {
  const hidden = SECRETS.reduce((result, [pattern, replacement]) => result.replace(pattern, replacement), text);
  return visibleText(hidden.toWellFormed());
}

/** A run whose every text may be printed. */
export function printable(certification: Certification): Certification {
  return printableValue(certification) as Certification;
}

function printableValue(value: unknown): unknown {
  if (typeof value === 'string') {
    return printableText(value);
  }
  if (Array.isArray(value)) {
    return value.map(printableValue);
  }
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [printableText(name), printableValue(member)]),
  );
}
