import { inspect } from 'node:util';
import type { ValidationMode } from 'clever-sdk';
import { SENSITIVE_FIELDS } from 'clever-sdk/values';
import { describe, expect, it } from 'vitest';
import { printed } from '../support/printed.js';
import { type Answer, type Call, callsOf, open, outcomeOf } from './calls.js';
import { markOf, PERSON, reachable, SECRET, SENSITIVE } from './marks.js';
import { FAILURES, goodAnswer, ODD_RECORDS } from './world.js';

/*
 * Marked strings in every sensitive field, token, code and name; every public method, every failure, every
 * validation mode. Returned values are searched for sensitive values that were not requested; printed text
 * is searched for all marks.
 */

const good: Answer = goodAnswer;
const odd: Answer = (url, method) => goodAnswer(url, method, ODD_RECORDS);
const worlds: Readonly<Record<string, Answer>> = {
  'good answers': good,
  'odd records': odd,
  ...Object.fromEntries(
    ODD_RECORDS.map((record, index) => [`odd record ${index + 1}`, (url, method) => goodAnswer(url, method, [record])]),
  ),
  ...FAILURES,
};
const methods = callsOf(open(good, 'lenient')).map(([name]) => name);
const everyMark = new RegExp(`${PERSON}|${SECRET}|${SENSITIVE}`, 'u');

describe.each(['lenient', 'strict', 'off'] as const)("with validation '%s'", (validation) => {
  it.each(Object.keys(worlds))(
    'and %s: nothing sensitive is delivered, and no mark at all is printed',
    async (name) => {
      const sdk = open(worlds[name] as Answer, validation);
      for (const [method, call] of callsOf(sdk)) {
        const outcome = await outcomeOf(call);
        const shown = `${method}: ${reachable(outcome)}`;
        expect(shown).not.toContain(SENSITIVE);
        if (outcome instanceof Error) {
          expect(`${method}: ${printed(outcome)}`).not.toMatch(everyMark);
        }
        if (Array.isArray(outcome) && method.includes('.list')) {
          const [page, , listing] = outcome as unknown[];
          expect(`${method}: ${inspect([page, listing], { depth: 30 })}`).not.toMatch(everyMark);
        }
        if (/authorizationUrl|exchangeCallback|districtTokens|verifyIdToken/u.test(method)) {
          expect(`${method}: ${printed(outcome)}`).not.toMatch(everyMark);
        }
        if (method.startsWith('login')) {
          expect(`${method}: ${String(outcome)}`).not.toMatch(everyMark);
        }
      }
      expect(sdk.events.length).toBeGreaterThan(0);
      expect(printed(sdk.events)).not.toMatch(everyMark);
      expect(printed([sdk.clever, sdk.district, sdk.library, sdk.user])).not.toMatch(everyMark);
    },
  );
});

describe('the search itself', () => {
  it('covers every resource', () => {
    expect(methods.length).toBeGreaterThan(70);
    expect(methods).toEqual(
      expect.arrayContaining(['users.list', 'events.get', 'sections.listUsers', 'library.classroom']),
    );
  });

  it('would find marks in delivered values', async () => {
    const { district } = open(good, 'strict', [...SENSITIVE_FIELDS]);
    const found = reachable(await outcomeOf(() => district.users.list()));
    for (const field of SENSITIVE_FIELDS) {
      expect(found).toContain(markOf(field));
    }
    expect(reachable(await outcomeOf(() => open(good, 'strict').district.users.list()))).toContain(PERSON);
  });

  it('would find marks in what hides them from printers', async () => {
    const calls = new Map(callsOf(open(good, 'strict')));
    for (const method of ['oauth.authorizationUrl', 'oauth.exchangeCallback', 'oauth.districtTokens']) {
      expect(reachable(await outcomeOf(calls.get(method) as Call))).toContain(SECRET);
    }
  });

  it('covers both success and failure', async () => {
    const succeeded = async (answer: Answer, validation: ValidationMode): Promise<string[]> => {
      const names: string[] = [];
      for (const [method, call] of callsOf(open(answer, validation))) {
        if (!((await outcomeOf(call)) instanceof Error)) {
          names.push(method);
        }
      }
      return names;
    };
    const expected = methods.filter((method) => !/verifyIdToken|district by id/u.test(method));
    expect(await succeeded(good, 'strict')).toEqual(expect.arrayContaining(expected));
    expect(await succeeded(FAILURES['500'] as Answer, 'off')).toEqual([
      'oauth.authorizationUrl',
      'login.start',
      'login.callback',
    ]);
  });
});

describe('asking for one field', () => {
  it.each(SENSITIVE_FIELDS)('%s delivers that one, wherever it occurs, and no other', async (field) => {
    for (const validation of ['lenient', 'strict', 'off'] as const) {
      const { district } = open(good, validation, [field]);
      for (const listing of [district.users.list(), district.events.list(), district.sections.listUsers('id')]) {
        const text = JSON.stringify(await outcomeOf(() => listing));
        const found = new Set(text.match(new RegExp(`${SENSITIVE}\\.\\w+`, 'gu')));
        expect([...found]).toEqual([markOf(field)]);
      }
    }
  });
});
