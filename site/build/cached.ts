/** Results that are slow to make and depend on files alone are kept between builds on one machine. */
import { createHash } from 'node:crypto';
import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { ROOT } from './project.ts';

const FOLDER = `${ROOT}/site/.vitepress/cache`;

/** Makes a result, or takes what was made of the same files before. */
export async function cached<T>(name: string, patterns: readonly string[], make: () => Promise<T>): Promise<T> {
  const hash = createHash('sha256');
  for (const file of globSync([...patterns], { cwd: ROOT }).sort()) {
    hash.update(`${file}\0`).update(readFileSync(`${ROOT}/${file}`));
  }
  const key = hash.digest('hex');
  const file = `${FOLDER}/${name}.json`;
  const before = readJson(file);
  if (before?.key === key) {
    return before.result as T;
  }
  const result = await make();
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(file, JSON.stringify({ key, result }));
  return result;
}

function readJson(file: string): { readonly key: string; readonly result: unknown } | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
