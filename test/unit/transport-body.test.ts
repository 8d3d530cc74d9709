import { describe, expect, it } from 'vitest';
import { readErrorBody } from '../../src/transport/error-body.js';

const said = (body: unknown) => readErrorBody(JSON.stringify(body), 'application/json').said;

describe('an error body', () => {
  it.each([
    ['a message', { message: 'Resource not found' }, 'Resource not found'],
    ['an error', { error: 'Unrecognized token string' }, 'Unrecognized token string'],
    ['code, error and data', { code: 91, error: 'Resource not found', data: {} }, 'Resource not found'],
    ['an error object', { error: { message: 'Missing access token', type: 'bad' } }, 'Missing access token'],
    ['an error object with a description', { error: { description: 'User not found' } }, 'User not found'],
    [
      'OAuth with a description',
      { error: 'invalid_grant', error_description: 'Invalid grant: invalid code' },
      'Invalid grant: invalid code',
    ],
    ['OAuth without one', { error: 'invalid_grant' }, 'invalid grant'],
    ['an empty message beside an error', { message: '', error: 'Forbidden' }, 'Forbidden'],
    ['a bare string', 'Method not allowed', 'Method Not Allowed'],
    ['an unknown message beside a known error', { message: 'Hello', error: 'Not found' }, 'Not Found'],
  ])('of JSON says %s', (_, body, expected) => {
    expect(said(body)).toBe(expected);
  });

  it.each([
    null,
    42,
    true,
    [],
    {},
    [{ message: 'Hidden' }],
    { error: null },
    { message: 5 },
    { message: {} },
    { error: [] },
  ])('of %o says nothing', (body) => {
    expect(said(body)).toBe('');
  });

  it.each([
    ['a page', '<!DOCTYPE html><html><body>Cannot GET /v3.1/users/canary</body></html>', 'text/html'],
    ['a page with another content type', '  <html>Cannot GET</html>', 'text/plain'],
    ['text with the content type of a page', 'Cannot GET', 'text/html; charset=utf-8'],
  ])('of HTML is recognised and not quoted: %s', (_, body, type) => {
    expect(readErrorBody(body, type)).toEqual({ said: '', isHtml: true });
  });

  it('that is empty says nothing', () => {
    expect(readErrorBody('', null)).toEqual({ said: '', isHtml: false });
  });

  it('of plain text is reduced to a known phrase', () => {
    expect(readErrorBody('Bad escaped character near "canary-1"', 'text/plain').said).toBe('Bad escaped character …');
    expect(said({ message: 'No user Canary Child with canary@example.com' })).not.toMatch(/canary/iu);
  });

  it('of truncated JSON does not fail', () => {
    expect(readErrorBody('{"message":"Canary', 'application/json')).toEqual({ said: '', isHtml: false });
  });
});
