/** Which page of the reference an export is on, and where on it. */
import type { Topic } from '../reference.ts';
import { changeProse } from './markdown.ts';

/** What is exported, by which entry points, and the file of `src/` that it is written in. */
export interface Export {
  readonly name: string;
  readonly file: string;
  readonly isType: boolean;
}

/** Finds the topic of a file: the one that names it, or else its nearest folder. */
export function topicOf(file: string, topics: readonly Topic[]): Topic | undefined {
  let longest = '';
  let found: Topic | undefined;
  for (const topic of topics) {
    for (const source of topic.sources) {
      const isMatch = source.endsWith('/') ? file.startsWith(source) : file === source;
      if (isMatch && source.length > longest.length) {
        longest = source;
        found = topic;
      }
    }
  }
  return found;
}

/** Sorts the exports of a topic: those that it names first, then what can be called or used, then types, by name. */
export function inReadingOrder<T extends Export>(exports: readonly T[], first: readonly string[] = []): T[] {
  const rank = ({ name }: T): number => (first.includes(name) ? first.indexOf(name) : first.length);
  return exports.toSorted(
    (a, b) => rank(a) - rank(b) || Number(a.isType) - Number(b.isType) || a.name.localeCompare(b.name, 'en'),
  );
}

/** What a page says of where its exports are imported from: a block of code. */
export function importBlock(exports: readonly (Export & { readonly entry: string })[]): string {
  const entries = [...new Set(exports.map(({ entry }) => entry))].sort();
  const statements = entries.flatMap((entry) => {
    const names = (isType: boolean): string[] =>
      exports.filter((one) => one.entry === entry && one.isType === isType).map(({ name }) => name);
    const usual = names(false).filter((name) => name !== 'default');
    const byDefault = names(false).includes('default') ? [defaultName(entry)] : [];
    const values = [...byDefault, ...(usual.length > 0 ? [braces(usual)] : [])];
    const types = names(true);
    return [
      ...(values.length > 0 ? [`import ${values.join(', ')} from '${entry}';`] : []),
      ...(types.length > 0 ? [`import type ${braces(types)} from '${entry}';`] : []),
    ];
  });
  return `\`\`\`ts\n${statements.join('\n')}\n\`\`\``;
}

/**
 * Makes headings of exports and their members only, so that the outline and the search have names in them: what the
 * plugin calls "Parameters" or "Returns" becomes a line in bold.
 */
export function tidy(markdown: string): string {
  return changeProse(markdown, (prose) =>
    prose
      .replaceAll(/^#{3,6} (?:(?:(?:Get |Set )?(?:Call )?Signature)|Constructor)\n+/gmu, '')
      .replaceAll(/^#{3,6} (?<title>[^\n]*\{#[^}\n]+\})$/gmu, '### $<title>')
      .replaceAll(/^#{3,6} (?<title>[^\n{]+)$/gmu, '**$<title>**')
      .replaceAll(/^\*\*\*\n+/gmu, ''),
  );
}

/** The name under which guides import the default export of an entry point. */
export function defaultName(entry: string): string {
  return entry.endsWith('/fastify') ? 'clever' : 'Clever';
}

function braces(names: readonly string[]): string {
  const line = `{ ${names.join(', ')} }`;
  return line.length <= 80 ? line : `{\n${names.map((name) => `  ${name},\n`).join('')}}`;
}
