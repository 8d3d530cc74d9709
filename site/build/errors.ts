/**
 * The pages of the errors, which the messages of errors lead to: one for each code, made from the catalogue of
 * `src/errors`, the source of the classes and the programs of `examples/errors`.
 */
import { existsSync, readFileSync } from 'node:fs';
import { EXIT, EXIT_BY_CODE, EXIT_BY_REASON, EXIT_MEANINGS, type ExitCode } from '../../src/cli/session/exit-codes.ts';
import { CATALOGUE, type CatalogueCase, type CataloguePage } from '../../src/errors/catalogue/index.ts';
import type { Helper } from '../../src/errors/catalogue/whom-to-ask.ts';
import type { CleverErrorCode } from '../../src/errors/codes.ts';
import { PAGES } from '../pages.ts';
import { type Member, membersOf } from './errors/classes.ts';
import { entryOf, FACTS, PLACEHOLDERS } from './errors/facts.ts';
import { ROOT } from './project.ts';

/** A page that is made by code. */
export interface ErrorPage {
  /** Where it is on the site, without a slash before it: `errors/rate_limit`. */
  readonly path: string;
  readonly title: string;
  readonly description: string;
  readonly markdown: string;
}

/** A value of a message. */
const PLACEHOLDER = /\{(\w+)\}/u;

const HELPERS: Readonly<Record<Helper, string>> = {
  code: 'The developers of your app',
  operations: 'The people who run your app',
  owner: "The owner of your app in Clever's dashboard",
  district: "The district's Clever administrator",
  clever: "Clever's support",
  sdk: 'The maintainers of this SDK',
};

/** The pages of all errors, their overview first. */
export function errorPages(): readonly ErrorPage[] {
  const codes = Object.keys(CATALOGUE) as CleverErrorCode[];
  return [overview(codes), ...codes.map((code) => pageOf(code))];
}

function overview(codes: readonly CleverErrorCode[]): ErrorPage {
  const description = 'Every error of the SDK by its code: what happened, what to do and whom to ask.';
  const rows = codes.map((code) => {
    const { status = '–', class: className } = FACTS[code];
    return [`[\`${code}\`](/errors/${code})`, lead(code), `\`${className}\``, status, mayRepeat(code), exitCodes(code)];
  });
  const markdown = [
    '# Errors by code',
    `${description} The message of an error ends with the address of its page here.`,
    'An error has a `code`, which never changes its meaning, and some have a `reason` as well. To find out what you have, read' +
      ' `error.code`, or use `hasCode(error, …)`, which also knows the members of each code.',
    table(['Code', 'What happened', 'Class', 'HTTP', 'Repeat', 'Exit code'], rows),
    '“Repeat” says whether the same call may succeed later; `error.isRetryable` has the answer for one error. The exit codes' +
      ' are those of the [command line](/guides/cli).',
  ];
  return { path: 'errors/index', title: 'Errors by code', description, markdown: join(markdown) };
}

function pageOf(code: CleverErrorCode): ErrorPage {
  const page = CATALOGUE[code];
  const facts = FACTS[code];
  const title = `${code}: ${facts.title}`;
  const markdown = [
    `# \`${code}\`: ${facts.title}`,
    lead(code),
    ...(facts.note === undefined ? [] : [facts.note]),
    table(['', ''], summary(code)),
    '## What to do',
    page.do,
    '## Whom to ask',
    table(
      ['Who', 'When, and what they can do'],
      page.ask.map(({ who, about }) => [HELPERS[who], about]),
    ),
    ...messages(page),
    '## Whether to repeat the call',
    facts.repeat,
    '## Catch it',
    catching(code),
    ...sandbox(code),
    '## Members',
    members(code),
    ...(canEndLogin(code) ? ['## What people may read', ...forPeople(page)] : []),
    '## Related',
    [...[...facts.guides, 'errors'].map((guide) => linkTo(`/guides/${guide}`)), '- [All errors](/errors/)'].join('\n'),
  ];
  return { path: `errors/${code}`, title, description: lead(code), markdown: join(markdown) };
}

/** A list item that links to a page of the table of contents, by its title there. */
function linkTo(address: string): string {
  const page = PAGES.find((one) => one.address === address);
  if (page === undefined) {
    throw new Error(`${address} is no page of site/pages.ts.`);
  }
  return `- [${page.title}](${address})`;
}

/** What the code means, without the values that only a message has. */
function lead(code: CleverErrorCode): string {
  const { what } = CATALOGUE[code];
  return PLACEHOLDER.test(what) ? `${FACTS[code].title}.` : what;
}

function summary(code: CleverErrorCode): string[][] {
  const { class: className, status } = FACTS[code];
  const exits = [
    `${exitOf(code)}: ${EXIT_MEANINGS[exitOf(code)]}`,
    ...exitsOfReasons(code).map(([reason, exit]) => `with the reason \`${reason}\` ${exit}: ${EXIT_MEANINGS[exit]}`),
  ];
  return [
    ['Class', `\`${className}\`, from \`${entryOf(className)}\``],
    ...(status === undefined ? [] : [['HTTP status', status]]),
    ['Exit code of the command line', exits.join('<br>')],
  ];
}

/** The messages of the code: under each reason, or together where the code has none. */
function messages({ what, cases }: CataloguePage): string[] {
  if (cases.every((one) => one.what === what && !PLACEHOLDER.test(what))) {
    return [];
  }
  const reasons = [...new Set(cases.map(({ reason }) => reason))];
  return [
    reasons[0] === undefined ? '## Messages' : '## Reasons',
    'A message begins with the request, where there was one. These are its sentences:',
    ...reasons.flatMap((reason) => [
      ...(reason === undefined ? [] : [`### \`${reason}\``]),
      ...sentencesOf(cases.filter((one) => one.reason === reason)),
    ]),
  ];
}

function sentencesOf(cases: readonly CatalogueCase[]): string[] {
  const texts = new Set(cases.map(({ what, do: advice }) => `- ${visible(what)} **${visible(advice)}**`));
  const names = new Set([...[...texts].join().matchAll(/‹(\w+)›/gu)].map(([, name = '']) => name));
  const meanings = [...names].map((name) => `‹${name}› is ${meaningOf(name)}`);
  return [[...texts].join('\n'), ...(meanings.length === 0 ? [] : [`${meanings.join('; ')}.`])];
}

function meaningOf(name: string): string {
  const meaning = PLACEHOLDERS[name];
  if (meaning === undefined) {
    throw new Error(`site/build/errors/facts.ts does not explain the placeholder {${name}}`);
  }
  return meaning;
}

/** A sentence with its placeholders as readers see them: braces would be code for the site. */
function visible(sentence: string): string {
  return sentence.replaceAll(/\{(\w+)\}/gu, '‹$1›');
}

function catching(code: CleverErrorCode): string {
  return fenced(`import { hasCode } from 'clever-sdk';

/** Returns whether it was this error. \`isCleverError(error) && error.code === '${code}'\` says the same. */
function handle(error: unknown): boolean {
  if (!hasCode(error, '${code}')) {
    return false;
  }
  console.warn(error.message, error.isRetryable);
  return true;
}`);
}

function sandbox(code: CleverErrorCode): string[] {
  const file = `${ROOT}/examples/errors/${code}.ts`;
  return existsSync(file)
    ? [
        '## Make it happen',
        'This program needs no account and no network. It is run before a change of the SDK lands.',
        fenced(readFileSync(file, 'utf8').trim()),
      ]
    : [];
}

function members(code: CleverErrorCode): string {
  const rows = membersOf(FACTS[code].class).map(({ name, type, meaning, isPrinted }) => [
    `\`${name}\``,
    `\`${typeOf(name, type, code)}\``,
    meaning,
    isPrinted ? 'yes' : 'no',
  ]);
  return [
    table(['Member', 'Type', 'Meaning', 'Safe to log'], rows),
    'Printing or logging an error shows only what is safe. The others may contain data of a person: read them when you need' +
      ' them, and keep them out of logs.',
  ].join('\n\n');
}

/** The code of the page stands for the parameter of the class. */
function typeOf(name: string, type: Member['type'], code: CleverErrorCode): string {
  return name === 'code' ? `'${code}'` : type;
}

/** Whether an app may meet the code while someone logs in. Listings, syncs and wrong calls happen at other times. */
function canEndLogin(code: CleverErrorCode): boolean {
  return !code.startsWith('sync_') && !['config', 'pagination', 'cursor_expired'].includes(code);
}

function forPeople({ userMessage }: CataloguePage): string[] {
  const texts =
    typeof userMessage === 'string'
      ? `> ${userMessage}`
      : table(
          ['Reason', 'Text'],
          Object.entries(userMessage).map(([reason, text]) => [`\`${reason}\``, text]),
        );
  return [
    '`error.userMessage` is safe to show to the person who was logging in. `error.message` is for developers.',
    texts,
  ];
}

function mayRepeat(code: CleverErrorCode): string {
  const { repeat } = FACTS[code];
  return repeat.startsWith('Yes') ? 'yes' : repeat.startsWith('No') ? 'no' : 'sometimes';
}

function exitCodes(code: CleverErrorCode): string {
  return [exitOf(code), ...exitsOfReasons(code).map(([, exit]) => exit)].join(' or ');
}

function exitOf(code: CleverErrorCode): ExitCode {
  return EXIT_BY_CODE[code] ?? EXIT.failure;
}

function exitsOfReasons(code: CleverErrorCode): [reason: string, exit: ExitCode][] {
  return Object.entries(EXIT_BY_REASON[code] ?? {});
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function fenced(program: string): string {
  return `\`\`\`ts\n${program}\n\`\`\``;
}

function join(blocks: readonly string[]): string {
  return `${blocks.join('\n\n')}\n`;
}
