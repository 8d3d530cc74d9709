/** Compares the table of contents with the files that exist. */
import type { Page } from '../pages.ts';

/** Returns a sentence, which says what to do, for each page that is listed wrongly or not at all. */
export function contentsProblems(pages: readonly Page[], files: ReadonlySet<string>): string[] {
  const listed = new Set(pages.map(({ source }) => source));
  return [
    ...[...files]
      .filter((file) => file.startsWith('docs/') && !listed.has(file))
      .map((file) => `${file} is not in site/pages.ts: add its line there, in the group and the place of the menu`),
    ...pages
      .filter(({ source }) => !files.has(source))
      .map(({ source }) => `site/pages.ts lists ${source}, which does not exist: write the page, or remove its line`),
    ...repeated(pages.map(({ address }) => address.toLowerCase())).map(
      (address) =>
        `site/pages.ts has the address ${address} more than once, or in two spellings: give each page its own`,
    ),
  ];
}

function repeated(values: readonly string[]): string[] {
  return [...new Set(values.filter((value, index) => values.indexOf(value) !== index))];
}
