import { globSync } from 'node:fs';
import { basename } from 'node:path';
import type { CleverErrorCode } from 'clever-sdk';
import { expect, it, vi } from 'vitest';
import { addressIn, addressOf } from '../support/error-message.js';

/** The reasons that the example of a code makes, in its order; a code without reasons makes one error. */
const REASONS: Partial<Record<CleverErrorCode, readonly string[]>> = {
  connection: ['network', 'body', 'not_json', 'too_large', 'envelope', 'redirect'],
  timeout: ['timeout'],
  oauth_callback: ['state_missing', 'state_mismatch', 'denied', 'code_missing', 'malformed'],
  oauth_id_token: ['missing'],
  district_disconnected: ['not_listed'],
  pagination: ['repeated_link', 'unreadable_link', 'foreign_link', 'max_items', 'invalid_cursor'],
};

const codes = globSync('examples/errors/*.ts').map((file) => basename(file, '.ts') as CleverErrorCode);

it.each(codes)('the example of %s makes its error, and catches it', async (code) => {
  const warn = vi.spyOn(console, 'warn').mockReturnValue();
  await import(`../../examples/errors/${code}.ts`);
  const addresses = warn.mock.calls.map((printed) => addressIn(String(printed.at(-1))));
  const reasons = REASONS[code] ?? [undefined];
  expect(addresses).toEqual(reasons.map((reason) => addressOf(code, reason)));
});
