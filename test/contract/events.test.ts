import { readdirSync, readFileSync } from 'node:fs';
import { createCleverClient } from 'clever-sdk';
import { describe, expect, it } from 'vitest';
import { double } from '../support/double.js';
import { referenceDir, referencePath, skipReason } from '../support/reference.js';

interface CapturedPage {
  readonly data: readonly { readonly data: object }[];
  readonly links: readonly { readonly rel: string; readonly uri: string }[];
}

const title = 'captured events, read by the client';

if (referenceDir === undefined) {
  process.stderr.write(`${title}: ${skipReason}\n`);
}

/** The captures are from 2023; their cursors would be far too old today. */
const now = (): number => Date.parse('2023-04-01T00:00:00.000Z');

describe.skipIf(referenceDir === undefined)(referenceDir === undefined ? `${title} (${skipReason})` : title, () => {
  const names = referenceDir === undefined ? [] : readdirSync(referencePath('examples'));
  const files = names.filter((name) => name.startsWith('events-v3.0-'));
  const reader = (...answers: object[]) => {
    const { fetch } = double(...answers);
    const options = { fetch, now, apiVersion: 'v3.0', validation: 'strict', retry: false } as const;
    return createCleverClient(options).district({ token: 'token', sensitiveFields: 'all' }).events;
  };

  it('exist', () => {
    expect(files.length).toBeGreaterThan(0);
  });

  it.each(files)('%s is delivered under strict validation as it was sent, with a cursor that resumes', async (file) => {
    const captured = JSON.parse(readFileSync(referencePath('examples', file), 'utf8')) as CapturedPage;
    const events = reader(captured, captured);
    const page = await events.list().firstPage();
    expect(page.data).toStrictEqual(captured.data.map(({ data }) => data));
    const next = captured.links.find(({ rel }) => rel === 'next');
    expect(page.cursor).toBe(next?.uri);
    expect(() => events.list({ from: page.cursor })).not.toThrow();
  });

  it.each(names.filter((name) => name.startsWith('event-v3.0-')))(
    '%s is delivered under strict validation as it was sent',
    async (file) => {
      const captured = JSON.parse(readFileSync(referencePath('examples', file), 'utf8')) as { data: object };
      expect(await reader({ data: captured.data }).get((captured.data as { readonly id: string }).id)).toStrictEqual(
        captured.data,
      );
    },
  );
});
