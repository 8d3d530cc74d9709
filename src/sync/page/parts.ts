import { type Html, type HtmlValue, html } from '../../html/html.js';

/* What the pages are made of. */

const NUMBER = new Intl.NumberFormat('en');
const RELATIVE = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
] as const;

/** `12,345` */
export function count(value: number): string {
  return NUMBER.format(value);
}

/** `1 district`, `12,345 districts` */
export function counted(value: number, noun: string): string {
  return `${count(value)} ${noun}${value === 1 ? '' : 's'}`;
}

/** A time in UTC, and how long ago it was, or how soon it will be. Nothing for a time that never comes. */
export function when(time: Date | undefined, now: Date): Html | undefined {
  if (time === undefined || !Number.isFinite(time.getTime())) {
    return undefined;
  }
  const iso = time.toISOString();
  const distance = time.getTime() - now.getTime();
  const [unit, length] = UNITS.find(([, ms]) => Math.abs(distance) >= ms) ?? ['second', 1_000];
  const relative = RELATIVE.format(Math.trunc(distance / length), unit);
  return html`<span><time datetime="${iso}">${iso.slice(0, 16).replace('T', ' ')} UTC</time> <small>${relative}</small></span>`;
}

/** `40 ms`, `1.4 s`, `3 min 20 s`, `2 h 5 min` */
export function duration(milliseconds: number): string {
  const seconds = milliseconds / 1_000;
  if (seconds < 1) {
    return `${Math.round(milliseconds)} ms`;
  }
  if (seconds < 60) {
    return `${seconds.toFixed(1)} s`;
  }
  const minutes = Math.floor(seconds / 60);
  return minutes < 60
    ? `${minutes} min ${Math.floor(seconds % 60)} s`
    : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** `12.3 %`; nothing of nothing is nothing. */
export function share(part: number, whole: number): string {
  return part === 0 || whole === 0 ? '' : `${((100 * part) / whole).toFixed(1)} %`;
}

/** A text from outside, which keeps its own direction of writing to itself. */
export function foreign(text: string): Html {
  return html`<bdi>${text}</bdi>`;
}

export function badge(text: string, tone: '' | 'good' | 'warn' = ''): Html {
  return html`<span class="badge ${tone}">${text}</span>`;
}

/** What a form has done. It has the focus, so that it is read aloud first. */
export function notice(text: string): Html {
  return html`<p class="note good" role="status" tabindex="-1" autofocus>${text}</p>`;
}

/** What keeps a person from what they wanted. */
export function warning(body: HtmlValue): Html {
  return html`<div class="note" role="alert" tabindex="-1" autofocus>${body}</div>`;
}

/** Terms and what they are; without those that have no value. */
export function facts(entries: readonly (readonly [term: string, value: HtmlValue])[]): Html {
  const shown = entries.filter(([, value]) => value !== undefined && value !== '');
  return html`<dl class="facts">${shown.map(([term, value]) => html`<div><dt>${term}</dt><dd>${value}</dd></div>`)}</dl>`;
}

/** A column of a table. */
export interface Column {
  readonly label: string;
  readonly isNumber?: boolean;
}

/**
 * A table whose first column names its rows. The roles are those that its elements have by themselves: browsers take
 * them away where the style sheet shows rows as blocks.
 */
export function table(caption: HtmlValue, columns: readonly Column[], rows: readonly (readonly HtmlValue[])[]): Html {
  const heads = columns.map(
    ({ label, isNumber }) =>
      html`<th scope="col" role="columnheader"${isNumber ? NUMBER_CLASS : undefined}>${label}</th>`,
  );
  const cells = (row: readonly HtmlValue[]): Html[] =>
    columns.map((column, index) => {
      const value = row[index] ?? '';
      return index === 0
        ? html`<th scope="row" role="rowheader">${value}</th>`
        : html`<td role="cell" class="${classesOf(column, value)}" data-label="${column.label}">${value}</td>`;
    });
  return html`<table role="table">
<caption>${caption}</caption>
<thead role="rowgroup"><tr role="row">${heads}</tr></thead>
<tbody role="rowgroup">
${rows.map((row) => html`<tr role="row">${cells(row)}</tr>\n`)}</tbody>
</table>`;
}

const NUMBER_CLASS = html` class="number"`;

/** Cells that say nothing, and on a narrow window those that say 0, are not shown. */
function classesOf({ isNumber = false }: Column, value: HtmlValue): string {
  return [isNumber ? 'number' : '', value === '' ? 'empty' : '', value === '0' ? 'zero' : ''].join(' ').trim();
}
