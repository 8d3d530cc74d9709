import type { CatalogueEntry, MessageValues } from './catalogue/entry.js';

/** Joins the sentences of an entry into one text. */
export function messageOf({ what, do: advice }: CatalogueEntry, values: MessageValues = {}): string {
  return `${what} ${advice}`.replace(/\{(\w+)\}/gu, (placeholder, name: string) => String(values[name] ?? placeholder));
}
