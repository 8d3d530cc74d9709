import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { AppSources } from '../certified-app.ts';
import { BY_HAND, type Mutant } from './mutant.ts';

const APP = fileURLToPath(new URL('../../../examples/certified/', import.meta.url));
const HERE = fileURLToPath(new URL('.', import.meta.url));
const PACKAGES = fileURLToPath(new URL('../../../node_modules', import.meta.url));

/** The sources of a mutant: the files of the app as the mutant has them, by name. */
export function sourcesOf({ name, by, changes }: Pick<Mutant, 'name' | 'by' | 'changes'>): ReadonlyMap<string, string> {
  const files = new Map(
    readdirSync(APP)
      .filter((file) => file.endsWith('.ts'))
      .map((file) => [file, readFileSync(join(APP, file), 'utf8')]),
  );
  if (by !== undefined) {
    files.set(`${by}.ts`, readFileSync(join(HERE, `${by}.ts`), 'utf8'));
  }
  for (const { file, from, to } of [...(by === undefined ? [] : BY_HAND[by]), ...changes]) {
    const [before, after, ...more] = (files.get(file) ?? '').split(from);
    if (before === undefined || after === undefined || more.length > 0 || from === to) {
      throw new Error(`${name}: ${file} must have this text exactly once: ${from}`);
    }
    files.set(file, before + to + after);
  }
  return files;
}

/** A folder with apps that differ from the reference app. */
export class Copies {
  readonly #folder = mkdtempSync(join(tmpdir(), 'certify-mutants-'));
  #count = 0;

  constructor() {
    symlinkSync(PACKAGES, join(this.#folder, 'node_modules'));
  }

  /** Writes the sources of a mutant, and loads them. */
  async load(mutant: Pick<Mutant, 'name' | 'by' | 'changes'>): Promise<AppSources> {
    this.#count += 1;
    const folder = join(this.#folder, String(this.#count));
    cpSync(APP, folder, { recursive: true });
    for (const [file, text] of sourcesOf(mutant)) {
      writeFileSync(join(folder, file), text);
    }
    const load = (file: string): Promise<object> => import(pathToFileURL(join(folder, file)).href);
    const [app, commands, database] = await Promise.all([load('app.ts'), load('commands.ts'), load('database.ts')]);
    return { ...app, ...commands, ...database } as AppSources;
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
