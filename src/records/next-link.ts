import { linkTo } from './envelope.js';

/** How far from either end of the text the links are looked for. Three of them take a few hundred characters. */
const REACH = 4_096;

/**
 * The `next` link of a list answer, from its text, long before all of it is parsed: only the few hundred characters that
 * stand before or behind the records are.
 *
 * A guess. Whoever acts on it compares it with the link of the parsed answer.
 *
 * @returns `undefined` when there is none, or none can be told.
 */
export function guessNextLink(text: string): string | undefined {
  return linkTo('next', linksBeforeData(text) ?? linksBehindData(text));
}

/** `{"links": […], "data": [` up to where the records begin is JSON when it is closed. */
function linksBeforeData(text: string): unknown {
  const head = text.slice(0, REACH);
  const dataAt = head.search(/"(?:data|resources)"/u);
  return linksIn(`${head.slice(0, Math.max(dataAt, 0)).trimEnd().replace(/,$/u, '')}}`);
}

/** `"links": […]}` to the end of the text is JSON when it is opened. What stands in a string has its quotes escaped. */
function linksBehindData(text: string): unknown {
  const tail = text.slice(-REACH);
  const linksAt = tail.lastIndexOf('"links"');
  return linksAt === -1 ? undefined : linksIn(`{${tail.slice(linksAt)}`);
}

/** Parsing copies what it finds, so that a link does not keep the text that it stood in. */
function linksIn(json: string): unknown {
  try {
    return (JSON.parse(json) as { readonly links?: unknown }).links;
  } catch {
    return undefined;
  }
}
