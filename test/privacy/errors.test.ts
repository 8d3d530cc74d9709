import { inspect } from 'node:util';
import * as sdk from 'clever-sdk';
import { CleverConnectionError, CleverNotFoundError, CleverValidationError, hasCode, isCleverError } from 'clever-sdk';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CONNECTION } from '../../src/errors/catalogue/connection.js';
import { VALIDATION } from '../../src/errors/catalogue/records.js';
import { harmlessCause } from '../../src/privacy/harmless-cause.js';
import { knownPhrase } from '../../src/privacy/known-phrases.js';
import { withAddress } from '../support/error-message.js';

const shown = (value: unknown): string =>
  `${inspect(value, { depth: 9 })} ${JSON.stringify(value)} ${String(value)} ${(value as Error).stack ?? ''}`;

const notFound = new CleverNotFoundError({
  status: 404,
  method: 'GET',
  pathTemplate: '/v3.1/users/{id}',
  path: '/v3.1/users/canary-id',
  attempts: 1,
  said: knownPhrase('Resource not found'),
  body: '{"error":"canary-body"}',
  advice: 'The person may have been removed.',
  cause: harmlessCause(
    Object.assign(new TypeError('fetch failed for https://x/canary-url'), { request: { token: 'canary-token' } }),
  ),
});

describe('an error', () => {
  it('says what failed, what Clever said and what to do next', () => {
    const sentences = 'GET /v3.1/users/{id} → 404: Resource not found. The person may have been removed.';
    expect(notFound.message).toBe(withAddress(sentences, 'not_found'));
  });

  it('prints nothing that may name a person', () => {
    expect(shown(notFound)).not.toContain('canary');
    expect([notFound.path, notFound.body].join()).toContain('canary-id');
  });

  it('has its name and code in JSON', () => {
    expect(JSON.parse(JSON.stringify(notFound))).toMatchObject({
      name: 'CleverNotFoundError',
      code: 'not_found',
      status: 404,
    });
  });

  it('keeps only the name, the known phrase and the system code of an external cause', () => {
    const cause = Object.assign(new Error('connect ECONNREFUSED 10.0.0.1:443 canary-host'), { code: 'ECONNREFUSED' });
    const error = new CleverConnectionError('connection', CONNECTION.network, {
      method: 'GET',
      pathTemplate: '/x',
      attempts: 1,
      cause: harmlessCause(cause),
    });
    expect(error.cause).not.toBe(cause);
    expect(error.cause).toMatchObject({ code: 'ECONNREFUSED' });
    expect(shown(error)).not.toContain('canary');
  });

  it('names paths and codes of an invalid record, never its values', () => {
    const error = new CleverValidationError(VALIDATION, {
      pathTemplate: '/v3.1/users',
      issues: [{ path: 'roles.student.grade', code: 'invalid_type' }],
      received: { name: 'canary-name' },
    });
    expect(error.message).toContain('roles.student.grade: invalid_type');
    expect(shown(error)).not.toContain('canary');
    expect(error.received).toEqual({ name: 'canary-name' });
  });
});

describe('telling errors apart', () => {
  it('works by class, by code and across two copies of the SDK', () => {
    expect(notFound).toBeInstanceOf(sdk.CleverApiError);
    expect(notFound).toBeInstanceOf(sdk.CleverError);
    expect(hasCode(notFound, 'not_found')).toBe(true);
    expect(hasCode(notFound, 'server')).toBe(false);
    const fromAnotherCopy = Object.assign(new Error('x'), { code: 'timeout', [Symbol.for('clever-sdk.error')]: true });
    expect(isCleverError(fromAnotherCopy)).toBe(true);
    expect(hasCode(fromAnotherCopy, 'timeout')).toBe(true);
  });

  it.each([undefined, null, 'x', {}, new Error('x'), { code: 'timeout' }])('%j is not an SDK error', (value) => {
    expect(isCleverError(value)).toBe(false);
  });
});

describe('knownPhrase()', () => {
  it.each([
    ['Resource not found', 'Resource not found'],
    ['resource not found.', 'Resource not found'],
    ['Invalid grant: invalid code', 'Invalid grant: invalid code'],
    ['invalid_grant', 'invalid grant'],
    ["Resource not in token's scopes", "Resource not in token's scopes"],
    [
      'missing required field(s): title, description, due_date',
      'Missing required field(s): title, description, due_date',
    ],
    ['missing required field(s): title', 'Missing required field(s) …'],
    ['limit must not exceed 10000', 'limit must not exceed …'],
    ['Unrecognized token il0123abc', 'Unrecognized token …'],
    ['grace said: Resource not found', '… Resource not found'],
    ['Resource not found for mark in grade 9', 'Resource not found …'],
    ["User 'Maria Lopez' not found", '… Not Found'],
    ['grace is not here', ''],
    ['mark', ''],
    ['the free lunch of grace hope', ''],
    ['no user 5faac8b7bc447500a10ae840', ''],
    ['canary-secret', ''],
    ['unforbidden', ''],
    ['', ''],
  ])('%j becomes %j', (text, expected) => {
    expect(knownPhrase(text)).toBe(expected);
  });

  it('quotes nothing but its own list, whatever surrounds a phrase', () => {
    const words = fc.array(fc.constantFrom('grace', 'mark', 'Faith', 'hope', '12', '_', "'", 'not', 'free', 'A1'));
    fc.assert(
      fc.property(
        words,
        fc.constantFrom('resource not found', 'invalid_client', 'forbidden', ''),
        words,
        (a, known, b) => {
          const said = knownPhrase([...a, known, ...b].join(' '));
          expect(['', 'Resource not found', 'invalid client', 'Forbidden']).toContain(said.replaceAll(/^… | …$/gu, ''));
        },
      ),
    );
  });

  it('takes no longer for long texts', () => {
    expect(knownPhrase('resource not '.repeat(1_000_000))).toBe('');
  });
});

describe('harmlessCause()', () => {
  it('quotes no name that a foreign error has as its name or code', () => {
    const foreign = Object.assign(new Error('grace', { cause: { code: 'mark' } }), { name: 'Faith', code: 'hope' });
    expect(shown(harmlessCause(foreign))).not.toMatch(/grace|mark|faith|hope/iu);
    expect(harmlessCause(foreign)).toMatchObject({ name: 'Error', message: '' });
  });

  it.each(['ECONNRESET', 'ENOTFOUND', 'UND_ERR_SOCKET', 'SELF_SIGNED_CERT_IN_CHAIN', 'ConnectionRefused'])(
    'keeps the system code %s',
    (code) => {
      expect(harmlessCause(new TypeError('fetch failed', { cause: { code } }))).toMatchObject({
        name: 'TypeError',
        message: 'fetch failed',
        code,
      });
    },
  );

  it('keeps an error of the SDK, which shows nothing secret', () => {
    expect(harmlessCause(notFound)).toBe(notFound);
  });
});
