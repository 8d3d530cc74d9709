import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { runCommand } from '../cli/support.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const text = readFileSync(`${root}AGENTS.md`, 'utf8');
const manifest = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as { exports: object; files: string[] };
const { config } = ts.readConfigFile(`${root}tsconfig.json`, ts.sys.readFile) as {
  config: { compilerOptions: { paths: Record<string, [string]> } };
};

/** The rows of the table of imports: what a task needs, and from which entry. */
const rows = [...text.matchAll(/^\| .+ \| (?<names>`.+) \| `(?<entry>clever-sdk[\w/-]*)` \|$/gmu)].map(
  ({ groups = {} }) => ({
    entry: groups['entry'] ?? '',
    names: [...(groups['names'] ?? '').matchAll(/`(?<name>\w+)`/gu)].map((match) => match.groups?.['name'] ?? ''),
  }),
);
const commands = [...text.matchAll(/npx clever-sdk (?<argv>[^`#\n]+)/gu)].map(({ groups = {} }) =>
  (groups['argv'] ?? '').trim(),
);

describe('AGENTS.md', () => {
  it('is in the package, and short', () => {
    expect(manifest.files).toContain('AGENTS.md');
    expect(text.split('\n').length).toBeLessThanOrEqual(121);
  });

  it('names every entry of the package', () => {
    const entries = Object.keys(manifest.exports).filter((name) => name !== './package.json');
    const named = new Set(rows.map(({ entry }) => entry.replace('clever-sdk', '.')));
    expect([...named].sort()).toEqual(entries.sort());
  });

  it.each(rows)('names exports of $entry: $names', async ({ entry, names }) => {
    const [file] = config.compilerOptions.paths[entry] ?? [];
    const exported = Object.keys((await import(`${root}${file}`)) as object);
    expect(names).not.toEqual([]);
    expect(names.filter((name) => !exported.includes(name))).toEqual([]);
  });

  it.each(commands)('names a command that exists: %s', async (argv) => {
    const [words = '', ...options] = argv.split(/ (?=--)/u);
    const { code, out } = await runCommand([...words.split(' '), '--help']);
    expect(code).toBe(0);
    expect(options.map((option) => option.split(' ')[0] ?? '').filter((name) => !out.includes(name))).toEqual([]);
  });
});
