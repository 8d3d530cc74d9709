import { type CheerioAPI, load } from 'cheerio/slim';

/** A form field with its value. */
export type Field = readonly [name: string, value: string];

/** A link or a button of a page. */
export interface Control {
  readonly kind: 'link' | 'button';
  /** Its place among all links, or all buttons, of the page, from 0. */
  readonly index: number;
  /** What a person reads, or hears: text, `aria-label`, `title`, or the text of its picture. */
  readonly label: string;
  readonly classes: string;
  readonly id: string;
  /** Where it leads: of a link, or of the form of a button. `undefined` for a button that only a script handles. */
  readonly target: URL | undefined;
  readonly method: 'GET' | 'POST';
  /** What the form of a button sends, the button itself included. */
  readonly fields: readonly Field[];
}

/** What a page shows. */
export interface PageContent {
  readonly title: string;
  readonly text: string;
  readonly controls: readonly Control[];
  /** Where `<meta http-equiv="refresh">` leads at once. */
  readonly refresh: URL | undefined;
}

/** The most seconds after which a `<meta http-equiv="refresh">` still counts as a redirect. */
const MOST_REFRESH_SECONDS = 5;
const BUTTONS = 'button, input[type="submit"], input[type="image"]';

/** Reads a page as a person would: what it says, and what can be pressed. */
export function readPage(html: string, url: URL): PageContent {
  const $ = load(html);
  const base = resolve($('base[href]').first().attr('href'), url) ?? url;
  const links = $('a[href]')
    .toArray()
    .map((element, index): Control => {
      const $element = $(element);
      return {
        ...whatItIs($, $element, index),
        kind: 'link',
        target: resolve($element.attr('href'), base),
        method: 'GET',
        fields: [],
      };
    });
  const buttons = $(BUTTONS)
    .toArray()
    .map((element, index): Control => {
      const $element = $(element);
      return { ...whatItIs($, $element, index), kind: 'button', ...whatItSends($, $element, base, url) };
    });
  return {
    title: tidy($('title').first().text()),
    text: visibleText($),
    controls: [...links, ...buttons],
    refresh: refreshOf($, base),
  };
}

/** The text that a CSS selector finds; `undefined` when nothing is found, or nothing that has text. */
export function textAt(html: string, selector: string): string | undefined {
  const $ = load(html);
  const $found = $(selector).first();
  const text = tidy($found.text()) || ($found.attr('value') ?? $found.attr('content') ?? '');
  return text === '' ? undefined : text;
}

/** The scripts that a page loads. */
export function scriptsOf({ html, url }: { readonly html: string; readonly url: URL }): URL[] {
  const $ = load(html);
  return $('script[src]')
    .toArray()
    .flatMap((element) => resolve($(element).attr('src'), url) ?? []);
}

type Selection = ReturnType<CheerioAPI>;

function whatItIs(
  $: CheerioAPI,
  $element: Selection,
  index: number,
): Pick<Control, 'index' | 'label' | 'classes' | 'id'> {
  const label =
    tidy($element.text()) ||
    ($element.attr('aria-label') ??
      $element.attr('value') ??
      $element.attr('title') ??
      $element.find('img[alt]').first().attr('alt') ??
      $element.find('svg title').first().text());
  const inside = $element.find('[class]').toArray();
  const classes = [$element.attr('class'), ...inside.map((one) => $(one).attr('class'))].filter(Boolean).join(' ');
  return { index, label: tidy(label), classes, id: $element.attr('id') ?? '' };
}

function whatItSends(
  $: CheerioAPI,
  $button: Selection,
  base: URL,
  page: URL,
): Pick<Control, 'target' | 'method' | 'fields'> {
  const formId = $button.attr('form');
  const $form = formId === undefined ? $button.closest('form') : $(`form[id="${formId.replaceAll('"', '')}"]`);
  const type = $button.attr('type')?.toLowerCase();
  if ($form.length === 0 || type === 'button' || type === 'reset') {
    return { target: undefined, method: 'GET', fields: [] };
  }
  const method = ($button.attr('formmethod') ?? $form.attr('method') ?? 'get').toUpperCase();
  const action = $button.attr('formaction') ?? $form.attr('action') ?? '';
  const name = $button.attr('name');
  return {
    target: action === '' ? page : resolve(action, base),
    method: method === 'POST' ? 'POST' : 'GET',
    fields: [
      ...$form.serializeArray().map(({ name: field, value }): Field => [field, value]),
      ...(name === undefined ? [] : [[name, $button.attr('value') ?? ''] as const]),
    ],
  };
}

function refreshOf($: CheerioAPI, base: URL): URL | undefined {
  const content = $('meta[http-equiv]')
    .toArray()
    .map((element) => $(element))
    .find(($element) => $element.attr('http-equiv')?.toLowerCase() === 'refresh')
    ?.attr('content');
  const [, seconds = '', target] = /^\s*(\d+)[^;,]*[;,]\s*(?:url\s*=\s*)?['"]?([^'"]*)/iu.exec(content ?? '') ?? [];
  return target === undefined || Number(seconds) > MOST_REFRESH_SECONDS ? undefined : resolve(target.trim(), base);
}

function visibleText($: CheerioAPI): string {
  const $copy = load($.html());
  $copy('script, style, template, noscript, head, [hidden], [aria-hidden="true"]').remove();
  // Without this, the texts of neighbouring elements become one word.
  $copy('*').append(' ');
  return tidy($copy.root().text());
}

function tidy(text: string): string {
  return text.replaceAll(/\s+/gu, ' ').trim();
}

function resolve(href: string | undefined, base: URL): URL | undefined {
  const url = href !== undefined && URL.canParse(href, base) ? new URL(href, base) : undefined;
  return url?.protocol === 'http:' || url?.protocol === 'https:' ? url : undefined;
}
