import { type CleverClient, createCleverClient, isCleverError } from 'clever-sdk';
import { describe, expect, it } from 'vitest';

/*
 * Errors name the call that the user typed. Each method states that name next to its path, as text, so a
 * copied line or a renamed method could leave another name there. An option that no call knows makes every
 * method name itself before it sends anything.
 */

const clever: CleverClient = createCleverClient({
  clientId: 'client-id',
  clientSecret: 'client-secret',
  redirectUri: 'https://app.example.com/callback',
  fetch: () => Promise.reject(new Error('Nothing may be sent.')),
  retry: false,
});

/** The methods of an object, its own and those of its class, by name. */
function methodsOf(object: object): string[] {
  const holders = [object, Object.getPrototypeOf(object) as object].filter((one) => one !== Object.prototype);
  const names = holders.flatMap((holder) => Object.getOwnPropertyNames(holder));
  return names.filter(
    (name) =>
      name !== 'constructor' && name !== 'toJSON' && typeof (object as Record<string, unknown>)[name] === 'function',
  );
}

/** The arguments before the options, for different methods: ids, and bodies to write. */
const ARGUMENTS = [
  [],
  ['a'],
  ['a', { title: 'Fractions' }],
  ['a', 'b', { title: 'Fractions' }],
  ['a', 'b', 'c', { title: 'Fractions' }],
];

/** What the method calls itself when its last argument holds an option that it does not know. */
async function ownName(object: object, method: string): Promise<string | undefined> {
  for (const others of ARGUMENTS) {
    const call = (object as Record<string, (...given: unknown[]) => unknown>)[method];
    try {
      await call?.call(object, ...others, { nonsense: true });
    } catch (error) {
      const name = /^(\S+\(\)) has no option `nonsense`/u.exec(isCleverError(error) ? error.message : '')?.[1];
      if (name !== undefined) {
        return name;
      }
    }
  }
  return undefined;
}

const district = clever.district({ token: 'token' });
const resources = Object.entries(district).filter(([, value]) => typeof value === 'object');

describe('a call names itself in its errors', () => {
  it('is checked for every resource', () => {
    expect(resources.map(([name]) => name)).toHaveLength(12);
  });

  it.each(
    resources.flatMap(([name, resource]) =>
      methodsOf(resource).map((method) => [`${name}.${method}()`, resource, method]),
    ),
  )('%s', async (name, resource, method) => {
    expect(await ownName(resource as object, method as string)).toBe(name);
  });

  it.each(
    [
      ['clever.user()', clever.user({ token: 'token' })] as const,
      ['clever.library()', clever.library({ token: 'token' })] as const,
    ].flatMap(([client, object]) =>
      methodsOf(object).map((method) => [client, `${method}()`, object, method] as const),
    ),
  )('%s: %s', async (_client, name, object, method) => {
    expect(await ownName(object, method)).toBe(name);
  });

  it.each(methodsOf(clever.oauth))('clever.oauth.%s()', async (method) => {
    expect((await ownName(clever.oauth, method))?.replace('oauth.', '')).toBe(`${method}()`);
  });
});
