import { inspect } from 'node:util';
import { CleverConfigError, type CleverError } from 'clever-sdk';
import { describe, expect, it } from 'vitest';
import { addressIn, addressOf, withAddress } from '../support/error-message.js';
import { EVERY_ERROR } from '../support/every-error.js';

const reasonOf = (error: CleverError): string | undefined => (error as { reason?: string }).reason;

describe('the address of an error', () => {
  it.each(EVERY_ERROR.map((error) => [error.code, reasonOf(error) ?? 'no reason', error] as const))(
    'ends the message of %s with %s, and can be clicked',
    (code, _, error) => {
      const address = addressOf(code, reasonOf(error));
      expect(error.message).toMatch(/[.?!] See \S+$/u);
      expect(addressIn(error.message)).toBe(address);
      expect(new URL(address).href).toBe(address);
      expect(error.message).not.toContain('\n');
      expect(error.message.match(/https?:/gu)).toHaveLength(1);
    },
  );

  it('is in what is printed and in JSON', () => {
    const error = new CleverConfigError('`pageSize` must be a number.');
    const message = withAddress('`pageSize` must be a number.', 'config');
    expect(inspect(error)).toContain(`CleverConfigError: ${message}\n`);
    expect(JSON.parse(JSON.stringify(error))).toMatchObject({ message });
  });

  it('is not for people who log in', () => {
    expect(EVERY_ERROR.filter(({ userMessage }) => /https?:|See /u.test(userMessage))).toEqual([]);
  });
});
