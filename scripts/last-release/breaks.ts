import { spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { isCandidate, isPublic } from './public-tests.ts';

/** How the tests of a release went. */
export interface Result {
  /** The tests that were run. */
  readonly tests: readonly string[];
  /** Those that do not compile or do not pass. */
  readonly broken: readonly string[];
  /** What the compiler and the tests printed. */
  readonly output: string;
}

/** Compiles and runs the public tests of a release against the sources that are checked out. */
export function testsOfRelease(root: string, tag: string): Result {
  const folder = mkdtempSync(join(tmpdir(), 'clever-sdk-last-release-'));
  try {
    extract(root, tag, folder);
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
    const tests = globSync('test/**/*.test.ts', { cwd: folder })
      .map((file) => file.replaceAll('\\', '/'))
      .filter((file) => isCandidate(file) && isPublic(folder, file))
      .sort();
    const types = compiled(root, folder, tests);
    const run = passed(root, folder, tests);
    const broken = [...new Set([...types.broken, ...run.broken])].sort();
    return { tests, broken, output: [types.output, run.output].join('\n').trim() };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function extract(root: string, tag: string, folder: string): void {
  const archive = spawnSync('git', ['archive', tag, 'test'], { cwd: root, maxBuffer: 2 ** 28 });
  const unpacked = spawnSync('tar', ['-x', '-C', folder], { input: archive.stdout });
  if (archive.status !== 0 || unpacked.status !== 0) {
    throw new Error(`The tests of ${tag} could not be read: ${archive.stderr}${unpacked.stderr}`);
  }
}

type Part = Pick<Result, 'broken' | 'output'>;

/** A file that does not compile breaks every test that imports it; only those of tests are named. */
function compiled(root: string, folder: string, tests: readonly string[]): Part {
  const config = {
    extends: join(root, 'tsconfig.json'),
    compilerOptions: { noEmit: true },
    include: [],
    exclude: [],
    files: tests,
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const { status, stdout } = node(folder, [compiler, '-p', folder, '--pretty', 'false']);
  const files = [...stdout.matchAll(/^(\S[^(\n]*)\(\d+,\d+\): error/gmu)].map(([, file = '']) => file);
  const broken = files.filter((file) => file.startsWith('test/'));
  if (status !== 0 && broken.length === 0) {
    throw new Error(`The compiler failed for another reason than the tests of the last release:\n${stdout}`);
  }
  return { broken, output: stdout };
}

interface Report {
  readonly testResults: readonly { readonly name: string; readonly status: string }[];
}

function passed(root: string, folder: string, tests: readonly string[]): Part {
  const config = `import base from ${JSON.stringify(join(root, 'vitest.config.ts'))};
export default { ...base, root: ${JSON.stringify(folder)}, test: { ...base.test, include: ${JSON.stringify(tests)} } };
`;
  writeFileSync(join(folder, 'vitest.config.ts'), config);
  const [runner, report] = [join(root, 'node_modules', 'vitest', 'vitest.mjs'), join(folder, 'report.json')];
  const reporters = ['--reporter=dot', '--reporter=json', `--outputFile.json=${report}`];
  const { status: exitCode, stdout, stderr } = node(folder, [runner, 'run', '--root', folder, ...reporters]);
  if (!existsSync(report)) {
    throw new Error(`The tests of the last release did not run:\n${stdout}${stderr}`);
  }
  const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as Report;
  const good = new Set(
    testResults
      .filter(({ status }) => status === 'passed')
      .map(({ name }) => relative(folder, name).replaceAll('\\', '/')),
  );
  // A file that the report leaves out, because its worker died, has not passed.
  const broken = tests.filter((file) => !good.has(file));
  if (exitCode !== 0 && broken.length === 0) {
    throw new Error(`The run failed, and no test of the last release did:\n${stdout}${stderr}`);
  }
  return { broken, output: broken.length > 0 ? stdout + stderr : '' };
}

function node(cwd: string, args: readonly string[]) {
  // Its own tests start this in a run of vitest, whose variables would make the inner run a part of the outer one.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(?:VITEST|NODE_OPTIONS)/u.test(name)),
  );
  return spawnSync(process.execPath, args, { cwd, env, encoding: 'utf8', maxBuffer: 2 ** 28 });
}
