import { mentionsSensitiveField } from './omit.js';

const MAX_LENGTH = 160;
const HIDDEN = '…';

/** Capitalised words and words with digits that have no personal meaning in a server's message. */
const HARMLESS = new Set([
  'API',
  'GET',
  'POST',
  'PATCH',
  'DELETE',
  'HTTP',
  'HTTPS',
  'JSON',
  'HTML',
  'ID',
  'URI',
  'URL',
  'OAuth',
  'Clever',
  'I',
]);

/**
 * Reduces a foreign message to words that cannot contain a value: plain lower-case words, a capitalised
 * first word, and well-known protocol words. Names, ids, tokens, e-mail addresses, quoted values and
 * numbers become `…`.
 *
 * A server's error text may repeat parts of the request, which may name a child. This function does not
 * guess what is secret, but keeps only what certainly is not. It keeps nothing of a message about a
 * sensitive student field, because `free` and `gifted` are also plain words.
 *
 * @param text - The message as received.
 * @returns At most 160 characters; an empty string when nothing harmless remains.
 */
export function plainWords(text: string): string {
  if (mentionsSensitiveField(text)) {
    return '';
  }
  const words = text
    .slice(0, MAX_LENGTH * 4)
    .replace(/(["'`])(?=\S)[^"'`]*\1/gu, HIDDEN)
    .split(/\s+/u)
    .filter((word) => word !== '')
    .map((word, index) => (isPlain(word, index === 0) ? word : HIDDEN));
  const kept = words.filter((word, index) => word !== HIDDEN || words[index - 1] !== HIDDEN).join(' ');
  const clipped = kept.length > MAX_LENGTH ? `${kept.slice(0, MAX_LENGTH).replace(/\s\S*$/u, '')} ${HIDDEN}` : kept;
  return clipped.replaceAll(HIDDEN, '').trim() === '' ? '' : clipped;
}

function isPlain(word: string, isFirst: boolean): boolean {
  const bare = word.replace(/^[([]+/u, '').replace(/[)\].,:;!?]+$/u, '');
  if (HARMLESS.has(bare)) {
    return true;
  }
  return (isFirst ? /^[A-Z]?[a-z]{1,20}$/u : /^[a-z]{1,20}$/u).test(bare) || /^[a-z]{1,15}'[a-z]{1,2}$/u.test(bare);
}
