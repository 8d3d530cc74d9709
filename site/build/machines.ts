/** What language models and scripts read: a Markdown twin of each page, `llms.txt` and `llms-full.txt`. */
import { changeProse } from './markdown.ts';
import { markdownPath, type SitePage } from './page.ts';

/** A site's address, and what its first lines say. */
export interface SiteFacts {
  /** With a slash at its end. */
  readonly homepage: string;
  readonly name: string;
  readonly description: string;
}

/** Turns links between pages into links between their twins, with whole addresses: a copied text keeps them. */
export function twinOf({ markdown }: SitePage, homepage: string): string {
  const plain = changeProse(markdown, (prose) =>
    prose
      .replaceAll(
        /(?<before>\]\()(?<address>\/[^)#\s]*)(?<anchor>#[^)\s]*)?(?=\))/gu,
        (_, before, address, anchor = '') => {
          return `${before}${homepage}${markdownPath(address).slice(1)}${anchor}`;
        },
      )
      .replaceAll(/ \{#[^}\n]+\}$/gmu, '')
      .replaceAll(/<a id="[^"]*"><\/a> ?/gu, '')
      .replaceAll(/^[ \t]*<\/?[A-Za-z][^>\n]*>[ \t]*\n/gmu, ''),
  );
  return `${plain.trim()}\n`;
}

/** The index: every page by group, with its description and the address of its twin. */
export function llmsIndex(pages: readonly SitePage[], { homepage, name, description }: SiteFacts): string {
  const groups = Map.groupBy(pages, ({ group }) => group);
  const sections = [...groups].map(([group, members]) => {
    const lines = members.map(
      (page) => `- [${page.title}](${homepage}${markdownPath(page.address).slice(1)}): ${page.description}`,
    );
    return `## ${group}\n\n${lines.join('\n')}\n`;
  });
  return `# ${name}\n\n> ${description}\n\nAll guides in one file: ${homepage}llms-full.txt\n\n${sections.join('\n')}`;
}

/** The groups whose pages are read from beginning to end, and not looked up. */
const TO_READ = new Set(['Start', 'Guides', 'Explanation', 'Migrate to clever-sdk', 'Errors']);

/** The text of all pages that are read and not looked up, one after the other. */
export function llmsFull(pages: readonly SitePage[], homepage: string): string {
  return pages
    .filter(({ group }) => TO_READ.has(group))
    .map((page) => `<!-- ${homepage}${page.address.slice(1)} -->\n\n${twinOf(page, homepage)}`)
    .join('\n');
}
