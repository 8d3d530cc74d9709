import { readDate } from '../pseudonyms/dates.js';
import { isObjectId } from '../pseudonyms/pseudonyms.js';
import { runsOf } from '../pseudonyms/runs.js';

/** Remembers shapes of records, and says which records have one that was not seen yet. */
export class Shapes {
  readonly #seen = new Map<string, number>();

  /** Whether a record has a part whose shape fewer than `limit` records before had. Takes note of it. */
  isNew(record: object, limit: number): boolean {
    const shapes = [...new Set(shapesOf(record, ''))];
    const isNew = shapes.some((shape) => (this.#seen.get(shape) ?? 0) < limit);
    if (isNew) {
      for (const shape of shapes) {
        this.#seen.set(shape, (this.#seen.get(shape) ?? 0) + 1);
      }
    }
    return isNew;
  }
}

/** The shapes of all parts of a record: where they are, and their forms. */
function shapesOf(value: unknown, path: string): string[] {
  if (Array.isArray(value)) {
    const length = value.length < 2 ? String(value.length) : 'more';
    return [`${path}:list of ${length}`, ...value.slice(0, 3).flatMap((item) => shapesOf(item, `${path}[]`))];
  }
  if (typeof value === 'object' && value !== null) {
    const names = Object.keys(value).sort();
    // Names below `ext` are the district's, and there may be many.
    const own = path.endsWith('.ext') ? `${path}:${names.length} fields` : `${path}:${names.join()}`;
    return [own, ...Object.entries(value).flatMap(([name, member]) => shapesOf(member, `${path}.${name}`))];
  }
  return [`${path}:${typeof value === 'string' ? formOf(value) : value === null ? 'null' : typeof value}`];
}

/** The form of a text: its kind, and what is unusual in it. Ordinary texts of any length have one. */
function formOf(text: string): string {
  if (text === '') {
    return 'empty';
  }
  if (isObjectId(text)) {
    return 'id';
  }
  if (readDate(text) !== undefined) {
    return text.includes('/') ? 'american date' : text.length > 10 ? 'time' : 'date';
  }
  const runs = runsOf(text);
  const letters = runs.filter(({ sort }) => sort === 'letters').map((run) => run.text);
  const oddities = [
    ...(letters.some((word) => !/^[a-z]*$/iu.test(word)) ? ['beyond ASCII'] : []),
    ...(letters.some((word) => !/^\p{Script=Latin}*$/u.test(word)) ? ['another script'] : []),
    ...(runs.some(({ sort }) => sort === 'emoji') ? ['emoji'] : []),
    ...(/\s{2}|^\s|\s$/u.test(text) ? ['spaces'] : []),
    ...(/['’]/u.test(text) ? ['apostrophe'] : []),
    ...(text.includes('@') ? ['@'] : []),
    ...(text.length > 40 ? ['long'] : []),
  ];
  return `text ${oddities.join()}`;
}
