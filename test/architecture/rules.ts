import type { Import, SourceFacts } from './imports.js';

/**
 * What a part of `src/` may import, and why it stops there. Parts are the folders and the files directly in `src/`.
 * A part may always import itself and `util`. Names of parts first, then packages; `node:*` is any module of Node.
 */
interface Rule {
  readonly imports: readonly string[];
  /** Parts and files of which only types may be imported. */
  readonly types?: readonly string[];
  /** Parts, files and packages that may be loaded when they are needed, and not before: by `import('…')`. */
  readonly lazily?: readonly string[];
  readonly reason: string;
}

/** What every part may import without naming it: it knows nothing, so it cannot tie anything together. */
const FOR_EVERYONE = 'util';

export const RULES: Readonly<Record<string, Rule>> = {
  util: { imports: [], reason: 'a leaf: helpers that know nothing of Clever, HTTP or options' },
  options: {
    imports: ['src/errors/config.ts', 'src/privacy/inspect.ts'],
    reason: 'a leaf: how options are checked, the same for every call; knows no option of any part',
  },
  html: { imports: [], reason: 'a leaf: how pages are made, and their look, for the sandbox and the sync alike' },
  locks: {
    imports: ['node:*'],
    reason: 'a leaf: locks that are files, for the embedded databases of the sync and the files of the command line',
  },
  'version.ts': { imports: [], reason: 'two constants' },
  privacy: {
    imports: [],
    reason:
      'the registry of what is personal, sensitive or secret, and all that hides it: every other part relies on it',
  },
  values: {
    imports: ['privacy'],
    reason:
      "Clever's known values as plain data and pure functions, usable without zod; takes the names of the sensitive fields from privacy",
  },
  errors: {
    imports: ['privacy', 'version.ts'],
    reason: 'errors describe, redacted; they know no layer that throws them, only where the documentation is',
  },
  schemas: {
    imports: ['values', 'privacy', 'zod'],
    reason: "the shape of Clever's data does not depend on how it is fetched; the only home of zod beside the sandbox",
  },
  checks: {
    imports: [],
    types: ['schemas'],
    reason: 'the schemas as functions that only say yes or no: what they need of zod was done when they were generated',
  },
  transport: {
    imports: ['options', 'privacy', 'errors', 'ky'],
    reason: "HTTP, and nothing of Clever's objects; the only home of ky, so that it can be replaced",
  },
  records: {
    imports: ['checks', 'transport', 'privacy', 'errors'],
    types: ['schemas'],
    lazily: ['src/schemas/record.ts'],
    reason:
      "from Clever's JSON to checked records, the same for every reader; knows neither pages nor resources, and loads zod only to say what is wrong",
  },
  pagination: {
    imports: ['records', 'transport', 'privacy', 'errors'],
    reason: 'walks lists of any record; knows no resource',
  },
  api: {
    imports: ['options', 'pagination', 'records', 'transport', 'errors'],
    types: ['schemas', 'privacy'],
    reason:
      'the caller of every request that reads or writes records, for oauth and resources alike; knows neither of them',
  },
  oauth: {
    imports: ['options', 'api', 'records', 'transport', 'values', 'privacy', 'errors', 'oauth4webapi', 'jose'],
    types: ['schemas'],
    reason: 'logins and tokens, beside the resources; the only home of oauth4webapi, and of jose beside the sandbox',
  },
  resources: {
    imports: ['options', 'api', 'transport', 'values', 'privacy', 'errors'],
    types: ['pagination', 'schemas'],
    reason: "Clever's paths as methods; holds no credentials and knows no login",
  },
  adapters: { imports: ['errors'], reason: "the shapes of other people's servers, without importing them" },
  'config.ts': {
    imports: ['options', 'oauth', 'transport', 'privacy', 'errors', 'version.ts'],
    types: ['api', 'records'],
    reason: 'checks options with the checks of the layers they are for; no I/O, and no way round the client',
  },
  'environment.ts': {
    imports: ['errors', 'privacy'],
    reason: 'options from variables that are passed to it; knows their names, and leaves their checks to the client',
  },
  'client.ts': {
    imports: ['config.ts', 'options', 'api', 'oauth', 'resources', 'transport', 'privacy', 'errors'],
    reason: 'the composition root: the only file that knows both logins and resources',
  },
  'index.ts': {
    imports: [
      'client.ts',
      'config.ts',
      'environment.ts',
      'adapters',
      'errors',
      'values',
      'src/oauth/diff-district-tokens.ts',
      'src/oauth/login/entry.ts',
      'src/privacy/redact.ts',
      'src/transport/budget/store.ts',
    ],
    types: ['schemas', 'records', 'oauth', 'resources', 'pagination', 'transport', 'privacy'],
    reason:
      'the public barrel: of the layers only types and pure functions leave, so that no zod schema and no constructor is public',
  },
  sync: {
    imports: ['src/index.ts', 'options', 'privacy', 'errors', 'checks', 'html', 'locks', 'node:*'],
    lazily: ['@electric-sql/pglite'],
    reason:
      'a user of the public client like any other, so that all that it needs of Clever is public; knows no database library',
  },
  frameworks: {
    imports: ['adapters', 'options', 'src/errors/base.ts', 'src/errors/config.ts', 'src/privacy/inspect.ts'],
    types: ['index.ts'],
    reason:
      'a user of the public client like any other; knows each framework by its shape alone, so that an app installs only its own',
  },
  recording: {
    imports: ['src/index.ts', 'options', 'values', 'privacy', 'errors', 'node:*'],
    reason:
      'a user of the public client like any other; lets no value of a district out but as a stand-in, so it alone decides what is written',
  },
  'oneroster-files': {
    imports: ['papaparse', '@zip.js/zip.js', 'node:*'],
    reason:
      "a leaf: OneRoster's files as files, for the export and the sandbox alike; knows nothing of Clever, so that the two can share it",
  },
  oneroster: {
    imports: ['src/index.ts', 'oneroster-files', 'options', 'values', 'privacy', 'node:*'],
    reason: 'a user of the public client like any other; takes records from a client or a mirror by their shape alone',
  },
  sandbox: {
    imports: ['html', 'values', 'privacy', 'zod', 'hono', 'jose', '@hono/node-server', 'papaparse', 'msw', 'node:*'],
    types: ['schemas', 'oneroster-files'],
    lazily: ['src/oneroster-files/index.ts'],
    reason:
      "a second implementation of Clever, which shares no knowledge of Clever with the client, so that it can find the client's mistakes; it may share jose, which knows nothing of Clever",
  },
  certify: {
    imports: ['src/sandbox/index.ts', 'html', 'version.ts', 'tough-cookie', 'cheerio', 'fast-wrap-ansi', 'node:*'],
    types: ['playwright-core'],
    lazily: ['playwright-core'],
    reason:
      "tries other people's apps: a user of the public sandbox, which knows nothing of the client, so that an app need not be written with it",
  },
  cli: {
    imports: [
      'src/index.ts',
      'src/values/index.ts',
      'src/schemas/index.ts',
      'src/sandbox/index.ts',
      'src/sync/index.ts',
      'src/oneroster/index.ts',
      'src/certify/index.ts',
      'src/recording/index.ts',
      'locks',
      'version.ts',
      'node:*',
      'postgres',
      'commander',
      '@clack/prompts',
      'fast-wrap-ansi',
      'papaparse',
      'open',
    ],
    reason:
      'a user like any other: the public entry points only, the version for `--version`, and the locks that it shares with the sync; the only home of what makes a terminal pleasant',
  },
};

/** What a room of a part may import, and why. */
interface RoomRule {
  /** Of the other rooms of the part. */
  readonly imports: readonly string[];
  /** Of what the part may import from outside, beside `util`. Default: all of it. */
  readonly outside?: readonly string[];
  readonly reason: string;
}

/**
 * The rooms inside a part: folders, and the files that may be loose between them. A star is any one name, and each
 * name is a room of its own. A part that has rooms here has no files outside them. A room may always import itself.
 */
export const ROOMS: Readonly<Record<string, RoomRule>> = {
  'frameworks/common': {
    imports: [],
    outside: ['index.ts', 'src/errors/config.ts'],
    reason: 'who a person is, and the steps of a login, the same in every framework; knows none of them',
  },
  'frameworks/*': { imports: ['frameworks/common'], reason: 'one framework, which knows no other' },
  'sandbox/roster': {
    imports: [],
    outside: ['values', 'privacy', 'oneroster-files', 'papaparse', 'node:*'],
    reason: 'the people, schools and sections of a district as data; knows no time, no app and no HTTP',
  },
  'sandbox/world': {
    imports: ['sandbox/roster'],
    outside: ['values', 'privacy', 'schemas', 'zod', 'jose'],
    reason:
      'everything that the sandbox knows at one moment, and how it changes; answers no requests, so knows no HTTP',
  },
  'sandbox/clever': {
    imports: ['sandbox/world', 'sandbox/roster'],
    outside: ['html', 'values', 'zod', 'hono', 'jose'],
    reason: 'what Clever answers; knows nothing that Clever does not have: no dashboard, no faults in transit, no log',
  },
  'sandbox/control': {
    imports: ['sandbox/clever', 'sandbox/world', 'sandbox/roster'],
    outside: ['privacy', 'hono'],
    reason: 'the dashboard works by the `Control` interface, so that it can do no more than the user can in code',
  },
  'sandbox/server': {
    imports: ['sandbox/control', 'sandbox/clever', 'sandbox/world'],
    outside: ['privacy', 'hono', '@hono/node-server', 'node:*'],
    reason: 'carries requests and answers, with the faults and the log; needs Node only to listen',
  },
  'sandbox/sandbox.ts': {
    imports: ['sandbox/server', 'sandbox/world', 'sandbox/roster'],
    outside: ['privacy'],
    reason: 'puts the rooms together; what Clever answers reaches it through the server alone',
  },
  'sandbox/msw.ts': { imports: ['sandbox/sandbox.ts'], outside: ['msw'], reason: 'the only file that needs msw' },
  'sandbox/index.ts': {
    imports: ['sandbox/sandbox.ts', 'sandbox/server', 'sandbox/world', 'sandbox/roster'],
    outside: ['oneroster-files'],
    reason: 'the public face, and nothing else',
  },
  'certify/verdict.ts': { imports: [], reason: 'the words of every result, which all rooms share' },
  'certify/error.ts': { imports: [], reason: 'why a run could not be carried out' },
  'certify/events.ts': { imports: ['certify/verdict.ts'], reason: 'what a run reports as it goes on' },
  'certify/options.ts': {
    imports: ['certify/verdict.ts', 'certify/events.ts'],
    reason: 'what a run is asked for',
  },
  'certify/catalogue': {
    imports: ['certify/verdict.ts'],
    outside: [],
    reason: 'the requirements as data; tries nothing',
  },
  'certify/visitor': {
    imports: ['certify/verdict.ts', 'certify/error.ts'],
    outside: ['tough-cookie', 'cheerio', 'playwright-core', 'node:*'],
    reason: 'a browser and its pages; knows nothing of Clever, of the app and of probes',
  },
  'certify/clever': {
    imports: ['certify/error.ts'],
    outside: ['src/sandbox/index.ts', 'node:*'],
    reason: 'the sandbox and what it saw; knows no app and no probe',
  },
  'certify/app': {
    imports: ['certify/clever', 'certify/visitor', 'certify/error.ts'],
    outside: ['src/sandbox/index.ts', 'node:*'],
    reason: 'the app under test, as a visitor and as commands; knows no probe',
  },
  'certify/probes': {
    imports: ['certify/app', 'certify/clever', 'certify/visitor', 'certify/verdict.ts', 'certify/options.ts'],
    outside: ['src/sandbox/index.ts'],
    reason: 'one requirement each; knows neither the order of the probes nor how results are reported',
  },
  'certify/run': {
    imports: [
      'certify/probes',
      'certify/app',
      'certify/clever',
      'certify/visitor',
      'certify/catalogue',
      'certify/report',
      'certify/verdict.ts',
      'certify/events.ts',
      'certify/options.ts',
      'certify/error.ts',
    ],
    outside: ['src/sandbox/index.ts', 'node:*'],
    reason: 'the order of the probes, what each needs, limits; takes of the reports the type of what it collects',
  },
  'certify/report': {
    imports: ['certify/verdict.ts'],
    outside: ['html', 'fast-wrap-ansi', 'node:*'],
    reason: 'from results to texts; knows no probe, no app and no sandbox, so that any results can be reported',
  },
  'certify/certify.ts': {
    imports: [
      'certify/run',
      'certify/catalogue',
      'certify/report',
      'certify/options.ts',
      'certify/error.ts',
      'certify/verdict.ts',
    ],
    outside: ['version.ts'],
    reason: 'puts the rooms together',
  },
  'certify/index.ts': {
    imports: [
      'certify/certify.ts',
      'certify/report',
      'certify/verdict.ts',
      'certify/events.ts',
      'certify/options.ts',
      'certify/error.ts',
    ],
    outside: [],
    reason: 'the public face, and nothing else',
  },
  'recording/pseudonyms': {
    imports: [],
    outside: ['node:*'],
    reason: 'one value and its stand-in; knows no record, and has the only key',
  },
  'recording/capture': {
    imports: [],
    outside: ['values'],
    reason: 'from answers to facts; knows nothing of stand-ins, so that no fact can be written from here',
  },
  'recording/members': {
    imports: ['recording/capture'],
    outside: ['values', 'privacy'],
    reason: 'what happens to the value of each member, as data',
  },
  'recording/anonymity': {
    imports: ['recording/members', 'recording/capture', 'recording/pseudonyms'],
    outside: [],
    reason: 'whose values a stand-in gets, and who is with whom; replaces no value',
  },
  'recording/compose': {
    imports: ['recording/anonymity', 'recording/members', 'recording/capture', 'recording/pseudonyms'],
    outside: ['values', 'privacy'],
    reason: 'the only way from facts to what is written; knows no files',
  },
  'recording/write': {
    imports: ['recording/compose', 'recording/members', 'recording/capture'],
    outside: ['errors', 'node:*'],
    reason: 'the folder, and what it says of itself',
  },
  'recording/sample': {
    imports: ['recording/capture', 'recording/pseudonyms'],
    outside: ['src/index.ts'],
    reason: 'which requests find a sample; a user of the client, which writes nothing',
  },
  'recording/recorder.ts': {
    imports: ['recording/capture', 'recording/compose', 'recording/write'],
    outside: ['options', 'privacy', 'errors'],
    reason: 'the call that records the requests of others',
  },
  'recording/record.ts': {
    imports: ['recording/recorder.ts', 'recording/capture', 'recording/sample', 'recording/write'],
    outside: ['src/index.ts', 'options', 'errors'],
    reason: 'the call that sends its own requests',
  },
  'recording/index.ts': {
    imports: ['recording/recorder.ts', 'recording/record.ts'],
    outside: [],
    reason: 'the public face, and nothing else',
  },
  'cli/terminal': { imports: [], reason: 'the streams, the clock and the person at the other end; knows no command' },
  'cli/session': {
    imports: ['cli/terminal'],
    reason: 'what the commands share: settings, options, clients, failures and files; knows no command',
  },
  'cli/commands/*': {
    imports: ['cli/session', 'cli/terminal'],
    reason: 'one command, which knows no other command: what two of them need is in session or terminal',
  },
  'cli/program.ts': { imports: ['cli/commands/*', 'cli/session', 'cli/terminal'], reason: 'the list of the commands' },
  'cli/run.ts': {
    imports: ['cli/program.ts', 'cli/session', 'cli/terminal'],
    reason: 'from arguments to an exit code; knows the commands through the program alone',
  },
  'cli/main.ts': { imports: ['cli/run.ts', 'cli/session', 'cli/terminal'], reason: 'connects the process to the run' },
};

/** The files of `src/sync/` that need a file system: the rest of it runs wherever a database can be reached. */
const SYNC_FILES_WITH_NODE: ReadonlySet<string> = new Set([
  'src/sync/store/folder-lock.ts',
  'src/sync/store/open-pglite.ts',
]);

/** Where what is particular to Node may appear. */
const NODE_PARTS: ReadonlySet<string> = new Set([
  'certify',
  'sandbox',
  'cli',
  'locks',
  'oneroster',
  'oneroster-files',
  'recording',
]);

/** Every import and every global of a file that the rules forbid, as a sentence for the developer. */
export function violations(file: SourceFacts): string[] {
  const part = partOf(file.path);
  const rule = RULES[part];
  if (rule === undefined) {
    return [`${file.path}: src/${part} has no rule; give it one in test/architecture/rules.ts`];
  }
  const room = roomOf(file.path);
  if (room === undefined && hasRooms(part)) {
    return [`${file.path}: is in no room of src/${part}; the rooms are in test/architecture/rules.ts`];
  }
  const found = file.imports.flatMap((one) => {
    const problems = problemWith(one, part, rule);
    return problems.length > 0 || room === undefined ? problems : problemInRoom(one, part, room);
  });
  const globals =
    NODE_PARTS.has(part) || SYNC_FILES_WITH_NODE.has(file.path)
      ? []
      : file.nodeGlobals.map((name) => `uses the global ${name}: portable code has web-standard globals only`);
  const modules =
    part === 'sync' && !SYNC_FILES_WITH_NODE.has(file.path)
      ? file.imports
          .filter(({ target }) => target === 'node:*')
          .map(({ specifier }) => `must not import '${specifier}'`)
      : [];
  return [...found, ...globals, ...modules].map((problem) => `${file.path}: ${problem}`);
}

/** Every permission in {@link RULES} and {@link ROOMS} that no file uses. A rule permits only what the code needs. */
export function unusedPermissions(files: readonly SourceFacts[]): string[] {
  const unusedIn = (
    name: string,
    isMember: (file: SourceFacts) => boolean,
    permissions: readonly string[],
    isUsedBy: (one: Import, permission: string) => boolean,
  ): string[] => {
    const imports = files.filter(isMember).flatMap((file) => file.imports);
    return permissions
      .filter((permission) => !imports.some((one) => isUsedBy(one, permission)))
      .map((permission) => `${name} does not use ${permission}`);
  };
  const isFrom = ({ target }: Import, permission: string): boolean => [target, partIn(target)].includes(permission);
  return [
    ...Object.entries(RULES).flatMap(([part, { imports, types = [], lazily = [] }]) => {
      const isMember = (file: SourceFacts): boolean => partOf(file.path) === part;
      return [
        ...unusedIn(part, isMember, imports, (one, from) => !one.typeOnly && isFrom(one, from)),
        ...unusedIn(part, isMember, types, (one, from) => one.typeOnly && isFrom(one, from)),
        ...unusedIn(part, isMember, lazily, (one, from) => one.dynamic && isFrom(one, from)),
      ];
    }),
    ...Object.entries(ROOMS).flatMap(([key, { imports, outside = [] }]) => {
      const isMember = (file: SourceFacts): boolean => roomOf(file.path)?.key === key;
      return [
        ...unusedIn(key, isMember, imports, ({ target }, room) => [target, roomOf(target)?.key].includes(room)),
        ...unusedIn(key, isMember, outside, isFrom),
      ];
    }),
  ];
}

function problemWith(one: Import, part: string, rule: Rule): string[] {
  const target = partIn(one.target);
  const isAllowed =
    target === part ||
    target === FOR_EVERYONE ||
    rule.imports.includes(target) ||
    rule.imports.includes(one.target) ||
    (one.typeOnly && rule.types?.includes(target) === true) ||
    (one.dynamic && [target, one.target].some((name) => rule.lazily?.includes(name)));
  if (!isAllowed) {
    const what = one.typeOnly ? 'the types of' : 'from';
    return [`must not import ${what} '${one.specifier}' (src/${part}: ${rule.reason})`];
  }
  if (target === 'zod' && !(one.namespace && one.specifier === 'zod')) {
    return ["must import zod as `import * as z from 'zod'`: any other form quadruples a bundle"];
  }
  return [];
}

function problemInRoom({ target, specifier }: Import, part: string, room: Room): string[] {
  const { imports, outside, reason } = ROOMS[room.key] as RoomRule;
  const other = roomOf(target);
  const isAllowed = target.startsWith(`src/${part}/`)
    ? other?.name === room.name || [other?.key, target].some((name) => imports.includes(name ?? ''))
    : outside === undefined || [FOR_EVERYONE, ...outside].some((name) => name === target || name === partIn(target));
  return isAllowed ? [] : [`must not import from '${specifier}' (src/${room.name}: ${reason})`];
}

/** The part of the target of an import; of a package its name. */
function partIn(target: string): string {
  return target.startsWith('src/') ? partOf(target) : target;
}

function hasRooms(part: string): boolean {
  return Object.keys(ROOMS).some((key) => key.startsWith(`${part}/`));
}

interface Room {
  /** Its key in {@link ROOMS}. */
  readonly key: string;
  /** Its folder or file, from `src/` on. */
  readonly name: string;
}

function roomOf(path: string): Room | undefined {
  const names = path.split('/').slice(1);
  for (const key of Object.keys(ROOMS)) {
    const pattern = key.split('/');
    if (pattern.every((name, index) => name === names[index] || (name === '*' && index < names.length - 1))) {
      return { key, name: names.slice(0, pattern.length).join('/') };
    }
  }
  return undefined;
}

function partOf(path: string): string {
  return path.split('/')[1] ?? path;
}
