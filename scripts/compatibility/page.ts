/** The text of `docs/compatibility.md`. */
import type { Proven, Row } from './parts.ts';

/**
 * Returns the page.
 *
 * @param proven - What runs have proven.
 * @param oldestNode - The oldest Node that `engines` of package.json allows.
 */
export function compatibilityPage(proven: Proven, oldestNode: string): string {
  return [
    '# Tested versions',
    'Each table here was written by a run of the tests, with the versions that were really installed: runtimes, compilers, frameworks, databases, versions of the API, and sizes.',
    `${PASSED} means that all tests of the cell passed, ${FAILED} that one failed, ${NOT_RUN} that nothing of the kind was run. \`npm run compatibility\` writes the page. No change lands when its own run has another result, or something that is not here; a newer version of a library may have been run since. What is not here may work, and was not tried.`,
    ...runtimes(proven, oldestNode),
    ...compilers(proven),
    ...frameworks(proven),
    ...databases(proven),
    ...api(proven),
    ...sizes(proven),
  ]
    .join('\n\n')
    .concat('\n');
}

const PASSED = '✓';
const FAILED = '✗';
const NOT_RUN = '–';

function runtimes({ runtimes: rows = [], browsers = [] }: Proven, oldestNode: string): string[] {
  const columns = ['ES modules', 'CommonJS', 'login', 'msw', 'roster in PGlite', 'command line', 'loads when needed'];
  const isOld = ({ name, version }: Row): boolean => name === 'Node' && compareVersions(version, oldestNode) < 0;
  const named = rows.map((row) => (isOld(row) ? { ...row, version: `${row.version}, not supported` } : row));
  const pages = browsers.flatMap(({ results }) => Object.entries(results)).sort(byName);
  return [
    '## Runtimes',
    `Node ${oldestNode} or newer is supported (\`engines\`). The packed package was installed and run on each of these:`,
    resultTable(['Runtime', 'Version'], named, columns),
    [
      '- **ES modules**, **CommonJS**: a program reads a district of the sandbox, checks its records, recognises an error and starts a login. On Node, each entry is also required where `require` takes no ES modules. For Workers, the program is bundled.',
      '- **login**: a whole login, from the button to the person. On the other runtimes it is part of [the recipes](#frameworks).',
      "- **msw**: an app's test, with Clever played by `clever-sdk/sandbox/msw`.",
      '- **roster in PGlite**: two runs of `clever-sdk/sync` into a database in a folder.',
      '- **command line**: `clever-sdk --help`.',
      '- **loads when needed**: importing the client loads no dependency.',
    ].join('\n'),
    ...(pages.length === 0
      ? []
      : [
          '### Browsers',
          'What people see was opened in Chromium (`npm run test:browser`):',
          table(
            ['Opened in Chromium', 'Result'],
            pages.map(([what, result]) => [what, mark(result)]),
          ),
        ]),
  ];
}

function compilers({ compilers: rows = [] }: Proven): string[] {
  return [
    '## TypeScript',
    "A program, a test with msw and the package's own type tests were compiled strictly, with every declaration file checked. Each setting of `module` was compiled as `.mts` and as `.cts`, with the DOM library and with `@types/node`; `bundler` is `moduleResolution`.",
    resultTable(['Compiler', 'Version'], rows, ['node16', 'node20', 'nodenext', 'bundler', 'type tests']),
  ];
}

function frameworks({ frameworks: rows = [] }: Proven): string[] {
  const ways = [...new Set(rows.flatMap(({ results }) => Object.keys(results)))];
  const names = [...new Set(rows.map((row) => `${row.name}\n${row.version}`))];
  const cells = names.map((key) => {
    const own = rows.filter((row) => `${row.name}\n${row.version}` === key);
    const [first] = own;
    const by = (way: string): string => logins(own.find((row) => row.by === way));
    return [first?.name ?? '', first?.version ?? '', `\`${first?.entry}\``, by('HTTP'), by('Chromium')];
  });
  return [
    '## Frameworks',
    `Each row is an app in the real framework, on the packed package, against the [sandbox](guides/testing.md): the lowest and the newest version that an integration supports. The logins: ${ways.join(', ')}. **HTTP** is a visitor who follows redirects and keeps cookies, **Chromium** a real browser.`,
    table(['Integration', 'Version', 'Entry', 'Logins by HTTP', 'Logins in Chromium'], cells),
    'How to use them: [in the framework that you have](guides/frameworks.md).',
  ];
}

function logins(row: Row | undefined): string {
  if (row === undefined) {
    return NOT_RUN;
  }
  const results = Object.entries(row.results);
  const failed = results.filter(([, result]) => result === 'failed').map(([name]) => name);
  const count = `${results.length - failed.length} of ${results.length}`;
  return failed.length === 0 ? `${PASSED} ${count}` : `${FAILED} ${count} (not: ${failed.join(', ')})`;
}

function databases({ stores = [], pgBoss = [], graphileWorker = [] }: Proven): string[] {
  const columns = ['a connection that is lost in a transaction'];
  const cells = (rows: readonly Row[]): string[][] =>
    rows.map((row) => [
      row.name,
      row.version ?? '',
      row.on?.join(', ') ?? NOT_RUN,
      mark(Object.entries(row.results).every(([name, result]) => columns.includes(name) || result === 'passed')),
    ]);
  return [
    '## Databases',
    'The stores of [the sync](guides/sync.md), each on a database of its own: parameters, results, transactions, failures, and two transactions at once. **Survives a loss**: a connection that is lost in a transaction fails that transaction alone, and the process goes on.',
    table(
      ['Library', 'Versions', 'PostgreSQL', 'Store', 'Survives a loss'],
      cells(stores).map((row, index) => [...row, mark(stores[index]?.results[columns[0] ?? ''])]),
    ),
    'PGlite brings its own PostgreSQL. For the others, a machine runs the tests with the PostgreSQL that it has. The column lists each with which this version of the library has passed, or the one with which it failed. The engines, which spread districts over processes:',
    table(['Engine', 'Version', 'PostgreSQL', 'Engine and workers'], cells([...pgBoss, ...graphileWorker])),
  ];
}

function api({ api: rows = [] }: Proven): string[] {
  const columns = ['a method for each operation', 'records as documented', 'records as specified'];
  return [
    '## Clever API versions',
    'Measured against the official specifications that Clever generates clients from: operations and parameters that the sandbox answers, whether the client has a method for each operation, and whether every record and event of the sandbox is as documented and as specified. [SUPPORTED.md](../SUPPORTED.md) has each operation.',
    table(
      ['Version', 'Operations', 'Parameters', ...columns],
      rows.map(({ name, measured = {}, results }) => [
        name,
        String(measured['operations'] ?? NOT_RUN),
        String(measured['parameters'] ?? NOT_RUN),
        ...columns.map((column) => mark(results[column])),
      ]),
    ),
  ];
}

function sizes({ sizes: rows = [] }: Proven): string[] {
  const kB = (bytes: number | string | undefined): string =>
    typeof bytes === 'number' ? (bytes / 1_000).toFixed(1) : NOT_RUN;
  const cells = (row: Row): string[] => [kB(row.measured?.['first']), kB(row.measured?.['all'])];
  const isEntry = ({ name }: Row): boolean => name.startsWith('clever-sdk');
  const head = ['At the start', 'With all that it may load later'];
  return [
    '## Sizes',
    'Bundled by esbuild with all that is needed, minified and compressed by gzip, in kB of 1,000 bytes. The second number is what a bundler ships that makes one file (esbuild without `splitting`). Small programs:',
    table(
      ['Program', ...head],
      rows.filter((row) => !isEntry(row)).map((row) => [row.name, ...cells(row)]),
    ),
    'Everything that an entry exports, used at once: no app loads more. Optional packages that the app brings, such as msw and pg-boss, are not counted.',
    table(
      ['Entry', ...head],
      rows.filter(isEntry).map((row) => [`\`${row.name}\``, ...cells(row)]),
    ),
  ];
}

/** A row for each row and a column for each column; what has no column shows when it failed. */
function resultTable(head: readonly string[], rows: readonly Row[], columns: readonly string[]): string {
  const others = [...new Set(rows.flatMap(({ results }) => Object.keys(results)))].filter(
    (name) => !columns.includes(name),
  );
  return table(
    [...head, ...columns, ...others],
    rows.map(({ name, version = '', results }) => [
      name,
      version,
      ...[...columns, ...others].map((column) => mark(results[column])),
    ]),
  );
}

function mark(result: 'passed' | 'failed' | boolean | undefined): string {
  if (result === undefined) {
    return NOT_RUN;
  }
  return result === true || result === 'passed' ? PASSED : FAILED;
}

/** Compares versions by their numbers: negative when the first is the older one. */
export function compareVersions(one = '', other = ''): number {
  return one.localeCompare(other, 'en', { numeric: true });
}

function byName([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number {
  return one.localeCompare(other, 'en');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) {
    return 'Nothing of this has been recorded yet.';
  }
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
