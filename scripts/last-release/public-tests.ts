import { readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import ts from 'typescript';

/**
 * The folders of `test/` whose tests say what apps rely on. The sync's are left out, because they need databases and
 * minutes; those of the command line, because they start its sources.
 */
const FOLDERS = ['types', 'http', 'login', 'oidc', 'end-to-end', 'sandbox', 'integrations', 'oneroster', 'recording'];

/** Whether a file has tests of what apps rely on, by its path. */
export function isCandidate(file: string): boolean {
  return FOLDERS.some((folder) => file.startsWith(`test/${folder}/`)) && file.endsWith('.test.ts');
}

/**
 * Whether a test and what it imports know the package by its entry points alone. A test that imports a source may break
 * without any app noticing.
 *
 * @param root - The folder that has `test/`.
 */
export function isPublic(root: string, file: string, seen = new Set<string>()): boolean {
  if (seen.has(file)) {
    return true;
  }
  seen.add(file);
  const { importedFiles } = ts.preProcessFile(readFileSync(join(root, file), 'utf8'), true, true);
  return importedFiles
    .filter(({ fileName }) => fileName.startsWith('.'))
    .map(({ fileName }) => relative(root, resolve(root, dirname(file), fileName)).replace(/\.js$/u, '.ts'))
    .every((imported) => imported.startsWith('test/') && (!imported.endsWith('.ts') || isPublic(root, imported, seen)));
}
