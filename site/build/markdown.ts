/** What can be asked of a Markdown text, and done to it, without rendering it. */

/** A heading, with the anchor that both GitHub and the site give it. */
export interface Heading {
  readonly level: number;
  readonly text: string;
  readonly anchor: string;
}

/** A fenced block, or code in a line. */
const CODE =
  /^(?<indent>[ \t]*)(?<fence>`{3,}|~{3,})[^\n]*\n[\s\S]*?^[ \t]*\k<fence>[`~]*[ \t]*$|(?<ticks>`+)(?!`)[^\n]*?(?<!`)\k<ticks>(?!`)/gmu;

/** Applies a change to all of a text that is not code. */
export function changeProse(markdown: string, change: (prose: string) => string): string {
  let changed = '';
  let end = 0;
  for (const { 0: code, index } of markdown.matchAll(CODE)) {
    changed += change(markdown.slice(end, index)) + code;
    end = index + code.length;
  }
  return changed + change(markdown.slice(end));
}

/** The text with every code block and code in a line replaced by spaces: positions stay. */
function maskCode(markdown: string): string {
  return markdown.replaceAll(CODE, (code) => code.replaceAll(/[^\n]/gu, ' '));
}

/**
 * Removes comments, which are for those who keep the page, and the front matter. `<!-- site: … -->` is for readers of
 * the site: its content takes the place of the comment.
 */
export function withoutComments(markdown: string): string {
  const comments = /^<!--[\s\S]*?-->[ \t]*\n?|<!--[\s\S]*?-->/gmu;
  const masked = maskCode(markdown);
  let result = '';
  let end = 0;
  for (const { 0: comment, index } of masked.matchAll(comments)) {
    const written = markdown.slice(index, index + comment.length);
    const shown = /^<!-- site: (?<content>[\s\S]*?) -->[ \t]*(?<newline>\n?)$/u.exec(written)?.groups ?? {};
    result += `${markdown.slice(end, index)}${shown['content'] ?? ''}${shown['newline'] ?? ''}`;
    end = index + comment.length;
  }
  return (result + markdown.slice(end)).replace(/^---\n[\s\S]*?\n---\n/u, '').trimStart();
}

/** The headings of a text, in their order. Generated ones name their anchor: `## title {#anchor}`. */
export function headingsOf(markdown: string): Heading[] {
  const taken = new Map<string, number>();
  const masked = maskCode(markdown);
  return [...masked.matchAll(/^(?<marks>#{1,6}) +[^\n]*$/gmu)].map(({ 0: line, index, groups = {} }) => {
    const level = groups['marks']?.length ?? 0;
    const written = markdown.slice(index + level, index + line.length);
    const { title = '', named } = /^(?<title>.*?)(?: \{#(?<named>[^}]+)\})?$/u.exec(written)?.groups ?? {};
    const text = plainText(title);
    const slug = named ?? slugOf(text);
    const times = taken.get(slug) ?? 0;
    taken.set(slug, times + 1);
    return { level, text, anchor: times === 0 ? slug : `${slug}-${times}` };
  });
}

/** Everything in a text that a link can lead to. */
export function anchorsOf(markdown: string): Set<string> {
  const written = [...maskCode(markdown).matchAll(/<a id="(?<id>[^"]+)"/gu)].map(
    ({ groups = {} }) => groups['id'] ?? '',
  );
  return new Set([...headingsOf(markdown).map(({ anchor }) => anchor), ...written]);
}

/** The anchor of a heading as GitHub makes it, so that links with anchors work there and here. */
export function slugOf(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{Letter}\p{Mark}\p{Number}\p{Connector_Punctuation}\- ]/gu, '')
    .replaceAll(' ', '-');
}

/** A line of Markdown without its marks: the text of links, code without ticks. */
function plainText(markdown: string): string {
  return markdown
    .replaceAll(/\[(?<text>(?:[^[\]]|\[[^\]]*\])*)\]\([^)]*\)/gu, '$<text>')
    .replaceAll(/(?<!\\)[`*]/gu, '')
    .replaceAll(/\\(?<mark>[^\w\s])/gu, '$<mark>')
    .replaceAll(/\s+/gu, ' ')
    .trim();
}
