import { escapeHtml } from '../util/html.js';

/** HTML whose values are escaped. Made by {@link html}. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** What a template may have in it: HTML as it is, lists of it, and texts and numbers, which are escaped. */
export type HtmlValue = Html | string | number | undefined | readonly HtmlValue[];

/**
 * Makes HTML from a template: ``html`<p>${name}</p>` ``. A value may be between tags or in a quoted attribute.
 * `undefined` is nothing.
 */
export function html(strings: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  const parts = strings.map((string, index) => string + textOf(values[index]));
  return new Html(parts.join(''));
}

function textOf(value: HtmlValue): string {
  if (value === undefined) {
    return '';
  }
  if (value instanceof Html) {
    return value.text;
  }
  return typeof value === 'object' ? value.map(textOf).join('') : escapeHtml(String(value));
}
