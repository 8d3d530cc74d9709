import { knownPhrase } from '../privacy/known-phrases.js';
import { parseJson } from '../util/parse-json.js';

/** What an error body says, without what it may repeat of the request. */
export interface ErrorWords {
  /** A known phrase; empty when the body contains none. */
  readonly said: string;
  /** Whether it is a page for people. Clever sends one to a token of the wrong kind (observed). */
  readonly isHtml: boolean;
}

/**
 * Reads an error body leniently, because Clever's come in many shapes: `{"message"}` as documented, `{"error"}` as a
 * string or an object and `{"code", "error", "data"}` as observed, OAuth's `error` and `error_description`, HTML, plain
 * text and nothing at all (429).
 *
 * Source: dev.clever.com/docs/error-messages; RFC 6749 section 5.2; observed.
 */
export function readErrorBody(text: string, contentType: string | null): ErrorWords {
  const json = parseJson(text);
  if (json !== undefined) {
    return { said: wordsOf(json), isHtml: false };
  }
  // A page is for eyes: its words are headings and footers, and it repeats the path.
  const isHtml = /^\s*</u.test(text) || /\bhtml\b/iu.test(contentType ?? '');
  return { said: isHtml ? '' : knownPhrase(text), isHtml };
}

function wordsOf(json: unknown): string {
  return typeof json === 'string' ? knownPhrase(json) : (firstWords(json) ?? firstWords(memberOf(json, 'error')) ?? '');
}

/** The first member that holds words, the most informative first. */
function firstWords(value: unknown): string | undefined {
  return ['error_description', 'message', 'description', 'error', 'type']
    .map((key) => memberOf(value, key))
    .map((member) => (typeof member === 'string' ? knownPhrase(member) : ''))
    .find((said) => said !== '');
}

function memberOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}
