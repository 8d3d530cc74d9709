import { isObject } from '../../util/is-object.js';
import { parseJson } from '../../util/parse-json.js';
import type { RosterLine } from '../options.js';

const IDS = ['cleverId', 'appId', 'sectionId', 'userId', 'role', 'districtId'] as const;

/** Reads what a roster command printed: a JSON object per line, or one JSON array. What is neither is left out. */
export function rosterLinesIn(output: string): readonly RosterLine[] {
  const text = output.trim();
  const whole = text.startsWith('[') ? parseJson(text) : undefined;
  return rosterLinesOf(
    Array.isArray(whole) ? whole : text.split('\n').flatMap((line) => (line.startsWith('{') ? parseJson(line) : [])),
  );
}

/** Takes what has the shape of a line, with numbers as ids, too, and 0 and 1 for `false` and `true`. */
export function rosterLinesOf(values: readonly unknown[]): readonly RosterLine[] {
  return values.flatMap((value) => {
    if (
      !isObject(value) ||
      typeof value['kind'] !== 'string' ||
      ![true, false, 0, 1].includes(value['active'] as boolean)
    ) {
      return [];
    }
    const ids = IDS.flatMap((name) => {
      const id = value[name];
      return typeof id === 'string' || typeof id === 'number' ? [[name, String(id)] as const] : [];
    });
    return [{ kind: value['kind'], active: Boolean(value['active']), ...Object.fromEntries(ids) }];
  });
}
