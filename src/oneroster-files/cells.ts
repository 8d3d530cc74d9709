import type { CellKind, Column, OneRosterVersion } from './tables.js';

const ID = /^[0-9A-Za-z./@_-]{1,255}$/u;
const DATE = /^(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})$/u;
const TIME = /^(?<date>\d{4}-\d{2}-\d{2})T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/u;
const USER_ID = /^\{[^{}:,]+:[^{}:,]+\}$/u;

/** Whether a text may be a `sourcedId`: 1 to 255 of the characters that OneRoster allows. */
export function isId(text: string): boolean {
  return ID.test(text);
}

/** Whether a text is a day of the calendar, as `YYYY-MM-DD`. */
export function isDate(text: string): boolean {
  const { year, month, day } = DATE.exec(text)?.groups ?? {};
  if (year === undefined) {
    return false;
  }
  // Days that do not exist become others.
  const date = new Date(0);
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
}

/** Whether a text is a moment in UTC with exactly three decimals. */
function isTime(text: string): boolean {
  const date = TIME.exec(text)?.groups?.['date'];
  return date !== undefined && isDate(date);
}

/** Whether a text is one entry of `userIds`: `{type:id}`. */
export function isUserId(text: string): boolean {
  return USER_ID.test(text);
}

/** The grades of CEDS (Entry Grade Level), and its word for all others. */
const GRADES: ReadonlySet<string> = new Set([
  ...['IT', 'PR', 'PK', 'TK', 'KG', 'PS', 'UG', 'OT', 'Other'],
  ...Array.from({ length: 13 }, (_, index) => String(index + 1).padStart(2, '0')),
]);

/** Whether a text is a grade of CEDS. */
export function isGrade(text: string): boolean {
  return GRADES.has(text);
}

/** The items of a cell that holds a list. */
export function itemsOf(cell: string): readonly string[] {
  return cell === '' ? [] : cell.split(',');
}

/** Kinds whose cells hold a list. */
const LISTS: ReadonlySet<CellKind> = new Set<CellKind>(['ids', 'texts', 'grades', 'userIds']);

/**
 * Says what is wrong with a cell that is not empty; `undefined` when it is right. The sentence goes on from "the cell",
 * and has no value. Grades are a matter of their own, because no reader refuses them.
 */
export function cellProblem(text: string, column: Column, version: OneRosterVersion): string | undefined {
  if (LISTS.has(column.kind)) {
    const items = itemsOf(text);
    return items.some((item) => item.trim() === '')
      ? 'has an empty entry in its list; write entries with one comma between them.'
      : items.map((item) => itemProblem(item, column, version)).find((problem) => problem !== undefined);
  }
  return itemProblem(text, column, version);
}

function itemProblem(text: string, column: Column, version: OneRosterVersion): string | undefined {
  switch (column.kind) {
    case 'id':
    case 'ids':
      return isId(text) ? undefined : 'is no id; an id has 1 to 255 of 0-9 A-Z a-z . / @ _ -, and no spaces.';
    case 'date':
      return isDate(text) ? undefined : 'is no calendar date; write YYYY-MM-DD.';
    case 'time':
      return isTime(text) || (version === '1.1' && isDate(text))
        ? undefined
        : 'is no time; write YYYY-MM-DDTHH:MM:SS.sssZ, in UTC.';
    case 'year':
      return /^\d{4}$/u.test(text) ? undefined : 'is no year; write YYYY.';
    case 'boolean':
      return text === 'true' || text === 'false' ? undefined : 'is neither true nor false.';
    case 'number':
      return /^-?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/iu.test(text) ? undefined : 'is no number.';
    case 'userIds':
      return isUserId(text) ? undefined : 'is not in the form {type:id}, with commas between several.';
    case 'word':
      return isWord(text, column, version) ? undefined : `is none of: ${wordsOf(column, version).join(', ')}.`;
    default:
      return undefined;
  }
}

function isWord(text: string, column: Column, version: OneRosterVersion): boolean {
  const isOwn = version === '1.2' && column.isExtensible === true && /^ext:./u.test(text);
  return isOwn || wordsOf(column, version).includes(text);
}

function wordsOf({ words = [], laterWords = [] }: Column, version: OneRosterVersion): readonly string[] {
  return version === '1.2' ? [...words, ...laterWords] : words;
}
