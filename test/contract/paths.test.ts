import { readFileSync } from 'node:fs';
import { createCleverClient, type DistrictClient } from 'clever-sdk';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { double } from '../support/double.js';
import { referenceDir, referencePath, skipReason } from '../support/reference.js';

interface Spec {
  readonly basePath: string;
  readonly paths: Record<string, { get?: { parameters?: { name: string; in: string }[] } }>;
}

type Method = (...args: unknown[]) => unknown;

const resourceNames = ['districts', 'schools', 'courses', 'terms', 'sections', 'users', 'resources'] as const;

/** Every public method of every resource, by the name a user would type. */
function methodsOf(client: DistrictClient): [name: string, method: Method][] {
  return resourceNames.flatMap((name) => {
    const resource: object = client[name];
    const prototype = Object.getPrototypeOf(resource) as Record<string, Method>;
    return Object.getOwnPropertyNames(prototype)
      .filter((key) => key !== 'constructor')
      .map((key): [string, Method] => [`${name}.${key}`, (...args) => prototype[key]?.apply(resource, args)]);
  });
}

/** Calls a method with an id where it takes one, and tells what went over the wire. */
async function requestOf(apiVersion: 'v3.0' | 'v3.1', name: string): Promise<{ template: string; query: string[] }> {
  const templates: string[] = [];
  const { fetch, seen } = double({ data: [], count: 0, links: [] });
  const client = createCleverClient({
    fetch,
    apiVersion,
    retry: false,
    onEvent: (event) => event.kind === 'request' && templates.push(event.pathTemplate),
  }).district({ token: 'token' });
  const method = methodsOf(client).find(([key]) => key === name)?.[1];
  const takesId = !/\.(list|count)$/u.test(name);
  try {
    const result = method?.(...(takesId ? ['some-id'] : []));
    await (name.includes('.list') ? (result as { firstPage(): Promise<unknown> }).firstPage() : result);
  } catch {
    // The answer fits no single record; the request is what counts here.
  }
  const query = [...(seen[0]?.url.searchParams.keys() ?? [])];
  return { template: templates[0] ?? 'nothing was sent', query };
}

describe.each(['v3.0', 'v3.1'] as const)('the official specification of %s', (version) => {
  const title = (text: string): string => (referenceDir === undefined ? `${text} (${skipReason})` : text);
  const names = methodsOf(createCleverClient().district({ token: 'token' })).map(([name]) => name);

  it.skipIf(referenceDir === undefined)(title('and the resource client have the same paths'), async () => {
    const spec = parse(readFileSync(referencePath('openapi', `${version}.yml`), 'utf8')) as Spec;
    const requests = await Promise.all(names.map((name) => requestOf(version, name)));
    const ours = new Set(requests.map(({ template }) => template.slice(`/${version}`.length)));
    expect([...ours].sort()).toEqual(Object.keys(spec.paths).sort());
    expect(ours.size).toBe(42);
  });

  it.skipIf(referenceDir === undefined)(title('declares every parameter that a call sends'), async () => {
    const spec = parse(readFileSync(referencePath('openapi', `${version}.yml`), 'utf8')) as Spec;
    for (const name of names) {
      const { template, query } = await requestOf(version, name);
      const declared = spec.paths[template.slice(`/${version}`.length)]?.get?.parameters ?? [];
      const known = declared.filter((parameter) => parameter.in === 'query').map((parameter) => parameter.name);
      expect(
        query.filter((key) => !known.includes(key)),
        name,
      ).toEqual([]);
    }
  });
});
