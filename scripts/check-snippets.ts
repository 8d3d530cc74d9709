/**
 * Compiles every TypeScript snippet that a reader may copy: the fenced blocks of README.md, docs/ and site/home.md, and
 * the `@example` blocks of the docstrings. `scripts/test-snippets.ts` runs them.
 *
 * Prints the compiler's errors with the place of the snippet, and exits with 1 if there are any.
 */
import { fileURLToPath } from 'node:url';
import { compile } from './snippets/compile.ts';
import { findSnippets } from './snippets/find.ts';

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/u, '');
const snippets = findSnippets(root, process.argv.slice(2));
const problems = compile(root, snippets);
for (const { file, line, text } of problems) {
  console.error(`${file}:${line}: ${text}`);
}
console.log(`${snippets.length} snippets compiled, ${problems.length} errors`);
process.exitCode = problems.length === 0 && snippets.length > 0 ? 0 : 1;
