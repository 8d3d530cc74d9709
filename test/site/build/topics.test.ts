import { describe, expect, it } from 'vitest';
import { importBlock, inReadingOrder, tidy, topicOf } from '../../../site/build/topics.ts';

const topic = (name: string, sources: string[]) => ({ name, description: '', sources });

describe('topicOf', () => {
  const topics = [topic('errors', ['errors/']), topic('api', ['errors/api.ts', 'errors/api/'])];

  it.each([
    ['errors/base.ts', 'errors'],
    ['errors/api.ts', 'api'],
    ['errors/api/status.ts', 'api'],
    ['sync/sync.ts', undefined],
  ])('puts %s on the page %s', (file, name) => {
    expect(topicOf(file, topics)?.name).toBe(name);
  });
});

describe('inReadingOrder', () => {
  it('begins with what the page names, then what can be called, then types', () => {
    const exports = [
      { name: 'Alpha', file: '', isType: true },
      { name: 'beta', file: '', isType: false },
      { name: 'Main', file: '', isType: true },
    ];

    expect(inReadingOrder(exports, ['Main']).map(({ name }) => name)).toEqual(['Main', 'beta', 'Alpha']);
  });
});

describe('importBlock', () => {
  it('imports values and types by entry point', () => {
    const one = (name: string, isType: boolean, entry: string) => ({ name, isType, entry, file: '' });

    expect(
      importBlock([
        one('User', true, 'clever-sdk'),
        one('userSchema', false, 'clever-sdk/schemas'),
        one('default', false, 'clever-sdk/authjs'),
      ]),
    ).toBe(
      "```ts\nimport type { User } from 'clever-sdk';\nimport Clever from 'clever-sdk/authjs';\nimport { userSchema } from 'clever-sdk/schemas';\n```",
    );
  });
});

describe('tidy', () => {
  it('keeps headings of names, and makes lines of the others', () => {
    const text =
      '## list() {#list}\n\n### Call Signature\n\n### Parameters\n\n##### get() {#get}\n\n***\n\n```md\n### Returns\n```\n';

    expect(tidy(text)).toBe('## list() {#list}\n\n**Parameters**\n\n### get() {#get}\n\n```md\n### Returns\n```\n');
  });
});
