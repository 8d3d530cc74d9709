import { existsSync } from 'node:fs';
import { Databases } from './databases.ts';
import type { Snippet } from './find.ts';
import { moduleOf } from './module.ts';
import { compareOutput } from './output.ts';
import { type Parts, partsOf } from './parts.ts';
import { type Outcome, Pool } from './run/pool.ts';

/** What became of a snippet. */
export type Result = { readonly snippet: Snippet } & (
  | { readonly kind: 'executed'; readonly claims: number; readonly printed: string }
  | { readonly kind: 'not run'; readonly reason: string }
  /** This machine has not what the snippet needs. */
  | { readonly kind: 'skipped'; readonly reason: string }
  | { readonly kind: 'failed'; readonly line: number; readonly text: string; readonly printed?: string }
);

/** Options of {@link execute}. */
export interface ExecuteOptions {
  /** The folder from which snippets import: that of the package, which has been built. */
  readonly root: string;
  /** How many snippets run at the same time. */
  readonly parallel: number;
  /** How long one may take. */
  readonly timeLimitMs: number;
}

/** Runs every snippet that is not marked as one that is not run. The results are in the order of the snippets. */
export async function execute(snippets: readonly Snippet[], options: ExecuteOptions): Promise<Result[]> {
  await using databases = new Databases();
  await using pool = new Pool(options.root, options.timeLimitMs);
  const results: Result[] = [];
  const queue = [...snippets.entries()];
  const work = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const [index, snippet] = next;
      results[index] = await executeOne(snippet, { ...options, databases, pool });
    }
  };
  await Promise.all(Array.from({ length: options.parallel }, work));
  return results;
}

interface Means extends ExecuteOptions {
  readonly databases: Databases;
  readonly pool: Pool;
}

async function executeOne(snippet: Snippet, { root, timeLimitMs, databases, pool }: Means): Promise<Result> {
  if (snippet.notRun !== undefined) {
    return { snippet, kind: 'not run', reason: snippet.notRun };
  }
  const parts = partsOf(snippet);
  const failed = (text: string, line = snippet.line): Result => ({ snippet, kind: 'failed', line, text });
  const [uncalled] = parts.uncalled;
  if (uncalled !== undefined) {
    return failed(`nothing calls \`${uncalled}\`: say with what in \`<!-- run: … -->\`, or why it is not run`);
  }
  const missing = parts.imports.map(packageOf).find((name) => !isInstalled(root, name));
  if (missing !== undefined) {
    return { snippet, kind: 'skipped', reason: `${missing} is not installed: npm ci --prefix test/frameworks` };
  }
  const database = needsDatabase(snippet, parts) ? await databases.create() : { url: undefined };
  if ('missing' in database) {
    return { snippet, kind: 'skipped', reason: `there is no PostgreSQL: ${database.missing}` };
  }
  const { text, linesBefore, claims } = moduleOf(snippet, parts);
  const outcome = await pool.run({
    name: `${snippet.file.replaceAll('/', '-')}-${snippet.line}`,
    text,
    linesBefore,
    files: snippet.files ?? [],
    databaseUrl: database.url,
    mayShare: parts.imports.every((name) => /^(?:clever-sdk|node:)/u.test(name)),
  });
  const problem = problemOf(snippet, outcome, timeLimitMs);
  const printed = 'output' in outcome ? outcome.output : '';
  return problem === undefined
    ? { snippet, kind: 'executed', claims, printed }
    : { snippet, kind: 'failed', printed, ...problem };
}

function problemOf(
  snippet: Snippet,
  outcome: Outcome,
  timeLimitMs: number,
): { readonly line: number; readonly text: string } | undefined {
  const { line, throws, output } = snippet;
  if ('timedOut' in outcome) {
    return { line, text: `it did not end within ${timeLimitMs / 1_000} s` };
  }
  if ('ended' in outcome) {
    return { line, text: outcome.ended };
  }
  const { error, refused } = outcome;
  if (refused.length > 0) {
    return { line, text: `it tried to reach ${refused.join(', ')}: only the sandbox and loopback are allowed` };
  }
  if (error?.name !== throws) {
    const expected = throws === undefined ? '' : `, and a ${throws} is expected`;
    const what = error === undefined ? 'nothing is thrown' : `${error.name}: ${error.message}`;
    return { line: line + (error?.line ?? 0), text: what + expected };
  }
  const difference = output === undefined ? undefined : compareOutput(output.text, outcome.output);
  return difference === undefined ? undefined : { line, text: difference };
}

const DATABASE_IMPORTS = new Set(['pg', 'pg-boss', 'postgres']);
const DATABASE_GIVENS = new Set(['pool', 'sync', 'kysely', 'drizzle', 'knex', 'sql']);

function needsDatabase({ code }: Snippet, { imports, givens }: Parts): boolean {
  return (
    code.includes('DATABASE_URL') ||
    imports.some((name) => DATABASE_IMPORTS.has(name)) ||
    givens.some(({ key }) => DATABASE_GIVENS.has(key))
  );
}

function packageOf(specifier: string): string {
  const [scope = '', name = ''] = specifier.split('/');
  return scope.startsWith('@') ? `${scope}/${name}` : scope;
}

function isInstalled(root: string, name: string): boolean {
  const folders = ['node_modules', 'test/frameworks/node_modules'];
  return /^(?:clever-sdk$|node:)/u.test(name) || folders.some((folder) => existsSync(`${root}/${folder}/${name}`));
}
