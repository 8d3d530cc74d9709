import { DOCS } from '../version.js';
import type { CleverErrorCode } from './codes.js';

/** Returns the address of the page about a code, and on it, of the part about a reason. */
export function addressOf(code: CleverErrorCode, reason?: string): string {
  return `${DOCS}errors/${code}${reason === undefined ? '' : `#${reason}`}`;
}
