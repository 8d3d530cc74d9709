import { readFileSync } from 'node:fs';
import type { CleverErrorCode } from '../../src/errors/index.js';

const manifest = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
const { homepage } = JSON.parse(manifest) as { readonly homepage: string };

/** The address of the page about a code, and on it, of the part about a reason. */
export function addressOf(code: CleverErrorCode, reason?: string): string {
  return `${homepage}errors/${code}${reason === undefined ? '' : `#${reason}`}`;
}

/** Returns a message as errors have it: its sentences, and the address of the page about them. */
export function withAddress(sentences: string, code: CleverErrorCode, reason?: string): string {
  return `${sentences} See ${addressOf(code, reason)}`;
}

/** The last word of a message. */
export function addressIn(message: string): string | undefined {
  return message.trim().split(/\s/u).at(-1);
}
