/** A page on its way into the site. */
export interface SitePage {
  /** The file that relative links start from: one of the project, or of the assembled pages for generated ones. */
  readonly file: string;
  /** Where it is on the site, from its root. An index ends with a slash. */
  readonly address: string;
  readonly title: string;
  readonly description: string;
  /** Words that readers search for, and the page does not use or hardly uses. */
  readonly keywords?: string;
  /** The group of the menu that it is in. */
  readonly group: string;
  readonly markdown: string;
}

/** The path of a page's Markdown file, from the root of the site. */
export function markdownPath(address: string): string {
  return `${address.endsWith('/') ? `${address}index` : address}.md`;
}
