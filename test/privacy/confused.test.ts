import { inspect } from 'node:util';
import {
  type createCleverClient,
  type DistrictToken,
  describeAccess,
  diffDistrictTokens,
  isCleverError,
  type SensitiveField,
  type TokenInfo,
  type ValidationMode,
} from 'clever-sdk';
import { explainLms } from 'clever-sdk/values';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Answer, callsOf, open, outcomeOf } from './calls.js';
import { PERSON, SECRET, SENSITIVE } from './marks.js';
import { goodAnswer } from './world.js';

/*
 * Answers whose parts have been exchanged for values of other types: null for a list, a number for a text, a record
 * that is thirty thousand levels deep. Whatever arrives, a call ends in a result or in an error of the SDK, and nothing
 * that the error or an event prints holds a value of the answer.
 *
 * `CONFUSED_RUNS` sets the number of answers, `PROPERTY_SEED` repeats a run.
 */

const RUNS = Number(process.env['CONFUSED_RUNS'] ?? 3_000);

/** A word that occurs in every value that was put in, and nowhere else. */
const PUT_IN = 'zzputin';
const EVERY_MARK = new RegExp(`${PERSON}|${SECRET}|${SENSITIVE}|${PUT_IN}`, 'u');

const DEPTH = 30_000;
/** Stand for what `JSON.stringify` cannot write. */
const DEEP: Readonly<Record<string, string>> = {
  [`"${PUT_IN}-deep-list"`]: `${'['.repeat(DEPTH)}"${PUT_IN}"${']'.repeat(DEPTH)}`,
  [`"${PUT_IN}-deep-object"`]: `${'{"roles":'.repeat(DEPTH)}"${PUT_IN}"${'}'.repeat(DEPTH)}`,
};

/** What takes the place of a part of an answer; a function makes it from that part. */
const REPLACEMENTS: readonly unknown[] = [
  ...[null, true, false, 0, 5, -1, 1e308, '', PUT_IN, `${PUT_IN}\u0000\n`, [], {}, [[]], [null]],
  ...[[PUT_IN], { [PUT_IN]: PUT_IN }, [{ id: PUT_IN }], { id: PUT_IN }, { id: null }, { id: { id: PUT_IN } }],
  ...['__proto__', 'constructor', { constructor: PUT_IN, toString: null, toJSON: PUT_IN }],
  ...['2026-13-45', '9999999999999999999999', { data: null }, { data: { data: PUT_IN } }, { length: 1e9 }],
  ...[`${PUT_IN}-deep-list`, `${PUT_IN}-deep-object`],
  ...[(was: unknown) => [was], (was: unknown) => ({ data: was }), (was: unknown) => ({ [PUT_IN]: was })],
  ...[(was: unknown) => String(was), (was: unknown) => [was, was], () => undefined],
];

type Replacement = (was: unknown) => unknown;
const replacementAt = (index: number): Replacement => {
  const value = REPLACEMENTS[index % REPLACEMENTS.length];
  return typeof value === 'function' ? (value as Replacement) : () => structuredClone(value);
};

/** One change of an answer: where, as a share of all its parts, the outermost first, and what comes there. */
interface Edit {
  readonly where: number;
  readonly replacement: number;
}

/** A part of some JSON: the object or list that holds it, and its name there. */
interface Part {
  readonly holder: Record<string, unknown>;
  readonly name: string;
}

/** All parts of some JSON, the outer ones first. */
function partsOf(json: unknown): Part[] {
  const parts: Part[] = [{ holder: { json }, name: 'json' }];
  for (const { holder, name } of parts) {
    const value = holder[name];
    if (typeof value === 'object' && value !== null) {
      parts.push(...Object.keys(value).map((inner) => ({ holder: value as Record<string, unknown>, name: inner })));
    }
  }
  return parts;
}

/** Changes one part of some JSON. Outer parts, of which there are few, are as likely as the many inner ones. */
function edited(json: unknown, { where, replacement }: Edit): unknown {
  const parts = partsOf(json);
  const { holder, name } = parts[Math.floor(where ** 3 * parts.length)] as Part;
  holder[name] = replacementAt(replacement)(holder[name]);
  return parts[0]?.holder['json'];
}

function written(json: unknown): string {
  const text = JSON.stringify(json) ?? '';
  return Object.entries(DEEP).reduce((so, [placeholder, deep]) => so.replace(placeholder, deep), text);
}

/** Clever's answers, of which one, or each of them, has been changed. */
async function confused(url: URL, method: string, isChanged: boolean, edits: readonly Edit[]): Promise<Response> {
  const answer = goodAnswer(url, method);
  const text = isChanged ? await answer.text() : '';
  if (text === '') {
    return isChanged ? new Response(null, { status: answer.status }) : answer;
  }
  const json = edits.reduce<unknown>(edited, JSON.parse(text));
  return new Response(written(json), { headers: { 'content-type': 'application/json' } });
}

/** What an app makes of a result, besides the calls. */
function afterwards(name: string, result: unknown): (() => unknown)[] {
  return [
    ...(name === 'oauth.tokenInfo' ? [() => describeAccess((result as TokenInfo).scopes)] : []),
    ...(name === 'oauth.districtTokens'
      ? [() => diffDistrictTokens(result as DistrictToken[], result as DistrictToken[])]
      : []),
  ];
}

const names = callsOf(open(goodAnswer, 'lenient')).map(([name]) => name);

/** The calls that put several answers together. They are drawn as often as all others. */
const COMBINED = [
  ...['a whole login', 'library.classroom', 'user.getUser', 'user.getDistrict', 'lms.check', 'events.latestCursor'],
  ...['oauth.identify', 'oauth.tokenInfo', 'oauth.me', 'oauth.exchangeCallback', 'oauth.districtTokens'],
  ...['district by id', 'events.list', 'events.get', 'users.count'],
];

const row = fc.record({
  name: fc.oneof(fc.constantFrom(...names), fc.constantFrom(...COMBINED)),
  /** Which of the answers is changed; all of them for 0. */
  number: fc.nat({ max: 4 }),
  edits: fc.array(
    fc.record({
      where: fc.nat({ max: 9_999 }).map((share) => share / 10_000),
      replacement: fc.nat({ max: REPLACEMENTS.length - 1 }),
    }),
    { minLength: 1, maxLength: 3 },
  ),
  validation: fc.constantFrom<ValidationMode>('lenient', 'strict', 'off'),
  sensitive: fc.constantFrom<readonly SensitiveField[]>([], ['frl_status']),
});

/** A login from its start to its hook, as a browser goes through it. */
async function wholeLogin(clever: ReturnType<typeof createCleverClient>): Promise<unknown> {
  const login = (clever as ReturnType<typeof open>['clever']).login({
    cookieSecret: SECRET.repeat(9),
    onLogin: () => new Response('in'),
    onError: ({ error }) => {
      throw error;
    },
  });
  const start = await login.start(new Request('https://app.example.com/login'));
  const state = new URL(start.headers.get('location') ?? '').searchParams.get('state');
  const cookie = start.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
  const url = `https://app.example.com/callback?code=${SECRET}.code&state=${state}`;
  return (await login.callback(new Request(url, { headers: { cookie } }))).status;
}

/** Everything that is likely to be printed of an error, and of what caused it. */
function shown(error: Error): string {
  const cause = error.cause instanceof Error ? shown(error.cause) : String(error.cause);
  const inspected = [{}, { customInspect: false, showHidden: true }].map((options) =>
    inspect(error, { depth: 9, ...options }),
  );
  return [...inspected, JSON.stringify(error), String(error), error.stack, cause].join('\n');
}

/** A call, how its answers are changed, and the options that it is made with. */
interface Row {
  readonly name: string;
  readonly number: number;
  readonly edits: readonly Edit[];
  readonly validation: ValidationMode;
  readonly sensitive: readonly SensitiveField[];
}

/** The mistake that a row shows; `undefined` when all is well. */
async function mistakeOf(drawn: Row): Promise<string | undefined> {
  const { outcome, events } = await run(drawn);
  const outcomes = [outcome];
  if (!(outcome instanceof Error)) {
    outcomes.push(...(await Promise.all(afterwards(drawn.name, outcome).map(outcomeOf))));
  }
  for (const one of outcomes) {
    if (one instanceof Error && !isCleverError(one)) {
      return `an untyped error: ${one.stack}`;
    }
    if (one instanceof Error && EVERY_MARK.test(shown(one))) {
      return `a value in an error: ${shown(one)}`;
    }
  }
  return EVERY_MARK.test(JSON.stringify(events)) ? `a value in an event: ${JSON.stringify(events)}` : undefined;
}

async function run({ name, number, edits, validation, sensitive }: Row): Promise<{
  outcome: unknown;
  events: readonly object[];
}> {
  let answers = 0;
  const answer = ((url, method) => {
    answers += 1;
    return confused(url, method, number === 0 || number === answers, edits);
  }) as (...of: Parameters<Answer>) => Promise<Response>;
  const sdk = open(answer as unknown as Answer, validation, sensitive);
  const call = name === 'a whole login' ? () => wholeLogin(sdk.clever as never) : new Map(callsOf(sdk)).get(name);
  return { outcome: await outcomeOf(call ?? (() => undefined)), events: sdk.events };
}

describe('an answer with parts of other types', () => {
  it(
    `ends in a result or an error of the SDK without a value, ${RUNS} times`,
    async () => {
      await fc.assert(
        fc.asyncProperty(row, async (drawn) => {
          expect(await mistakeOf(drawn)).toBeUndefined();
        }),
        { numRuns: RUNS },
      );
    },
    600_000 + RUNS * 20,
  );
});

describe('a value that an app passes on as it came', () => {
  const ANYTHING = [null, undefined, 5, true, 'text', {}, { toString: null }, [null, 5], [[]]] as never[];

  it.each(ANYTHING)('%j is explained as far as it can be', (value) => {
    expect(describeAccess(value)).toMatchObject({ visible: [] });
    expect(explainLms({ lms_state: value, lms_type: value }, { lms_status: value })).toMatchObject({ isReady: false });
    expect(diffDistrictTokens([value, { owner: value, access_token: 'a' }], []).disconnected).toEqual([]);
  });

  it.each(ANYTHING)(
    '%j as the owner or the token of a district is no connection, and no untyped error',
    async (value) => {
      const entries = [
        { owner: value, access_token: 'a' },
        { owner: { id: 'd' }, access_token: value },
      ];
      for (const entry of entries) {
        const { clever } = open(
          () => Response.json({ data: [{ data: { id: 't', scopes: [], ...(entry as object) } }] }),
          'off',
        );
        const error = await outcomeOf(() => clever.district({ districtId: 'd' }).users.list().firstPage());
        expect(error instanceof Error && !isCleverError(error)).toBe(false);
      }
    },
  );

  it('thirty thousand levels deep in an error is still an error', async () => {
    const body = `{"frl_status":${'['.repeat(DEPTH)}"${PUT_IN}"${']'.repeat(DEPTH)}}`;
    const { district } = open(() => new Response(body, { status: 400 }), 'lenient');
    const error = await outcomeOf(() => district.users.get('id'));
    expect(error).toMatchObject({ code: 'bad_request', body: expect.not.stringContaining(PUT_IN) });
  });
});
