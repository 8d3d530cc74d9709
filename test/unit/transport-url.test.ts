import { CleverConfigError } from 'clever-sdk';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildPath, resolveLink } from '../../src/transport/index.js';

const origin = 'https://api.clever.com';

describe('buildPath', () => {
  it.each([
    ['plain', '58da8c63d7dc0ca068000f4a', '/v3.1/users/58da8c63d7dc0ca068000f4a/schools'],
    ['a slash', 'a/b', '/v3.1/users/a%2Fb/schools'],
    ['a query', 'a?b=c&d#e', '/v3.1/users/a%3Fb%3Dc%26d%23e/schools'],
    ['encoded dots', '%2e%2e', '/v3.1/users/%252e%252e/schools'],
    ['three dots', '...', '/v3.1/users/.../schools'],
    ['a space', 'a b', '/v3.1/users/a%20b/schools'],
    ['other alphabets', 'Zoë', '/v3.1/users/Zo%C3%AB/schools'],
    ['the replacement patterns of String.replace', '$&$1', '/v3.1/users/%24%26%241/schools'],
  ])('encodes an id: %s', (_, id, path) => {
    expect(buildPath('/v3.1/users/{id}/schools', { id })).toBe(path);
  });

  it.each([
    [''],
    [' '],
    ['.'],
    ['..'],
    [undefined],
    [null],
    [42],
    [{}],
    [['a']],
    ['canary-\ud800'],
    ['canary\n'],
    [' canary'],
  ])('refuses the id %o without quoting it', (id) => {
    const build = () => buildPath('/v3.1/users/{id}', { id } as never);
    expect(build).toThrow(CleverConfigError);
    expect(build).toThrow(/\/v3\.1\/users\/\{id\}: `id`/u);
    expect(build).not.toThrow(/canary/u);
  });

  it('refuses a missing id', () => {
    expect(() => buildPath('/v3.1/users/{id}')).toThrow(CleverConfigError);
  });

  it('keeps every id within its segment', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (id) => {
        fc.pre(!/^[\s\p{Cf}]|[\s\p{Cf}]$|\p{Cc}|^\.{0,2}$/u.test(id));
        const { pathname, search, hash } = new URL(buildPath('/a/{id}/z', { id }), origin);
        const segments = pathname.split('/');
        return segments.length === 4 && decodeURIComponent(segments[2] ?? '') === id && search + hash === '';
      }),
    );
  });

  it('leaves `undefined` out of the query, repeats arrays and encodes', () => {
    const query = { limit: 100, role: undefined, types: ['a b', 'c&d'], primary: true };
    expect(buildPath('/v3.1/users', {}, query)).toBe('/v3.1/users?limit=100&types=a+b&types=c%26d&primary=true');
    expect(buildPath('/v3.1/users', {}, { role: undefined })).toBe('/v3.1/users');
  });
});

describe('resolveLink', () => {
  it.each([
    ['/v3.1/users?starting_after=a&limit=2', '/v3.1/users?starting_after=a&limit=2'],
    ['https://api.clever.com/v3.1/users?limit=2', '/v3.1/users?limit=2'],
    ['HTTPS://API.CLEVER.COM:443/v3.1/users', '/v3.1/users'],
    ['/v3.1/users?uri=https://evil.example/', '/v3.1/users?uri=https://evil.example/'],
    ['/v3.1/users#part', '/v3.1/users'],
  ])('follows %s', (uri, path) => {
    expect(resolveLink(origin, uri)).toBe(path);
  });

  it.each([
    'https://evil.example/v3.1/users',
    'http://api.clever.com/v3.1/users',
    'https://api.clever.com:8443/v3.1/users',
    'https://api.clever.com.evil.example/',
    'https://api.clever.com@evil.example/',
    'https://user:password@api.clever.com/v3.1/users',
    'https://user@api.clever.com/',
    '//evil.example/v3.1/users',
    '/\\evil.example',
    '\\\\evil.example',
    '/\t/evil.example',
    '/..//evil.example',
    ' /v3.1/users',
    '/v3.1/users\n',
    '/v3.1/us\u0000ers',
    'javascript:alert(1)',
    'file:///etc/passwd',
    'data:text/plain,x',
    'https:/v3.1/users',
    'https://',
    'v3.1/users',
    '?starting_after=a',
    '',
    undefined,
    null,
    42,
    {},
  ])('refuses %o', (uri) => {
    expect(resolveLink(origin, uri)).toBeUndefined();
  });

  it('whatever it returns leads to the origin', () => {
    const pieces = fc.array(
      fc.constantFrom('/', '\\', '.', '..', '@', ':', 'https:', 'evil.example', '?', '#', '%2e', '\t'),
    );
    fc.assert(
      fc.property(pieces, (parts) => {
        const path = resolveLink(origin, parts.join(''));
        return (
          path === undefined || (new URL(path, origin).origin === origin && new URL(origin + path).origin === origin)
        );
      }),
      { numRuns: 2_000 },
    );
  });
});
