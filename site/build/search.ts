/**
 * How the search of the site reads pages and queries. VitePress sends these functions to the browser as text, so none
 * of them uses anything outside itself.
 */

/**
 * Splits a text into words, and names of code into their parts as well: `listUsers` is found by "users", and
 * `rate_limit` by "limit". The whole name stays a word, so that who types it finds its own page first.
 */
export function wordsOf(text: string): string[] {
  return text
    .split(/(?:(?!_)[\s\p{P}\p{S}])+/u)
    .filter((word) => /[^_]/u.test(word))
    .flatMap((word) => {
      const parts = word.split(/_+|(?<=[a-z0-9])(?=[A-Z])/u).filter((part) => part !== '');
      return parts.length > 1 ? [word, ...parts] : parts;
    });
}

/** The form of a word that is compared, or nothing for words that every page has. */
export function termOf(word: string): string | null {
  const term = word.toLowerCase();
  const isNoise = /^(?:an?|the|is|are|do|does|i|my|to|of|in|on|it|how|what|can|with|for|and|or)$/u.test(term);
  if (isNoise) {
    return null;
  }
  return term.length > 4 && term.endsWith('s') && !term.endsWith('ss') ? term.slice(0, -1) : term;
}

/** Raises pages that answer questions above those that are looked up, and the reference of types least of all. */
export function rankOf(address: string): number {
  if (/\/(?:start|errors)\//u.test(address)) {
    return 1.5;
  }
  if (/\/reference\//u.test(address)) {
    return 0.6;
  }
  return /\/(?:decisions|changelog|supported|performance)/u.test(address) ? 0.5 : 1.2;
}

/**
 * Of a rendered page, what is worth finding: its text without its examples, whose names the reference has, and without
 * the links at its end, and the keywords after its title.
 */
export function proseIn(html: string, keywords = ''): string {
  const linksAtTheEnd = /<h2[^>]* id="where-to-go-from-here"[\s\S]*$/u;
  const prose = html.replaceAll(/<pre[\s>][\s\S]*?<\/pre>/gu, '').replace(linksAtTheEnd, '');
  return prose.replace('</h1>', () => `</h1><p>${keywords}</p>`);
}

/** Of a rendered page of the reference, what is worth finding: its headings, each with its first sentence. */
export function namesIn(html: string): string {
  const parts = html.split(/(?=<h[1-3][ >])/u);
  return parts
    .map((part) => {
      const [heading = ''] = /^<h[1-3][\s\S]*?<\/h[1-3]>/u.exec(part) ?? [];
      const [paragraph = ''] = /<p>[\s\S]*?<\/p>/u.exec(part) ?? [];
      return heading + paragraph;
    })
    .join('\n');
}
