import { readFileSync } from 'node:fs';
import type { CleverIdentity } from 'clever-sdk';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

/* The function of docs/migrate/existing-accounts.md that finds accounts of people with other ids. */

interface Account {
  readonly key: string;
  cleverId: string;
  readonly merged: string[];
}

/** A table of accounts, by Clever's ids. */
function tableOf(...ids: string[]) {
  const rows: Account[] = ids.map((cleverId) => ({ key: `account of ${cleverId}`, cleverId, merged: [] }));
  return {
    rows,
    findByCleverId: async (id: string) => rows.find(({ cleverId }) => cleverId === id),
    setCleverId: async (key: string, id: string) =>
      Object.assign(rows.find((row) => row.key === key) as Account, { cleverId: id }),
    merge: async (first: Account, other: Account) => {
      first.merged.push(other.key);
      rows.splice(rows.indexOf(other), 1);
      return first;
    },
    create: async ({ cleverId }: { cleverId: string }) => {
      const row: Account = { key: `account of ${cleverId}`, cleverId, merged: [] };
      rows.push(row);
      return row;
    },
  };
}

function accountOf(accounts: object, identity: Pick<CleverIdentity, 'id' | 'legacyIds'>): Promise<Account> {
  const guide = readFileSync(new URL('../../docs/migrate/existing-accounts.md', import.meta.url), 'utf8');
  const block = /```ts\n((?:(?!```)[\s\S])*function accountOf(?:(?!```)[\s\S])*)```/u.exec(guide)?.[1] ?? '';
  const { outputText } = ts.transpileModule(block, { compilerOptions: { target: ts.ScriptTarget.ES2022 } });
  const code = outputText.replaceAll(/^(?:export (?=async)|export \{\};)/gmu, '');
  const define = new Function('accounts', `${code}\nreturn accountOf;`) as (
    given: object,
  ) => (person: object) => Promise<Account>;
  return define(accounts)(identity);
}

describe('accountOf', () => {
  it.each([
    ['a student, whose id is the same', ['new'], [], { key: 'account of new', merged: [] }],
    ['someone with an id of v2', ['old'], ['old'], { key: 'account of old', merged: [] }],
    [
      'someone who was two records in v2',
      ['teacher', 'admin'],
      ['teacher', 'admin'],
      { key: 'account of teacher', merged: ['account of admin'] },
    ],
    [
      'someone whom the app has created twice',
      ['new', 'old'],
      ['old'],
      { key: 'account of new', merged: ['account of old'] },
    ],
    ['a newcomer', ['another'], ['old'], { key: 'account of new', merged: [] }],
  ] as const)('finds the account of %s', async (_, stored, legacyIds, expected) => {
    const accounts = tableOf(...stored);
    const account = await accountOf(accounts, { id: 'new', legacyIds });
    expect(account).toEqual({ ...expected, cleverId: 'new' });
    expect(await accountOf(accounts, { id: 'new', legacyIds }), 'at the next login').toBe(account);
    expect(accounts.rows.filter(({ cleverId }) => cleverId !== 'another')).toEqual([account]);
  });
});
