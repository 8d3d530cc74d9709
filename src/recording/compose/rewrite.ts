import { isObject } from '../../util/is-object.js';
import type { Members, Treatment } from '../members/members.js';
import type { DateSort, Pseudonyms } from '../pseudonyms/pseudonyms.js';

/** How the values that are not simply replaced are treated, where that depends on whose they are. */
export interface Rewriting {
  readonly pseudonyms: Pseudonyms;
  /** The stand-in of a date; `undefined` for what is no date. */
  readonly date: (text: string, sort: DateSort) => string | undefined;
  /** The stand-in of an id. */
  readonly id: (id: string) => string;
  /** What remains of one of Clever's known values. */
  readonly known: (value: string, values: readonly string[]) => string;
  /** What remains of a boolean. */
  readonly flag: (value: boolean) => boolean;
  /** The stand-in of any other text. */
  readonly text: (text: string) => string;
}

/** The usual treatment: dates are moved, ids and texts get their stand-ins, known values stay. */
export function usually(pseudonyms: Pseudonyms): Rewriting {
  return {
    pseudonyms,
    date: (text, sort) => pseudonyms.shifts[sort].text(text),
    id: (id) => pseudonyms.id(id),
    known: (value) => value,
    flag: (value) => value,
    text: (text) => pseudonyms.text(text),
  };
}

/** A copy of a value, treated. A value of a type that the treatment is not for is replaced by its shape. */
export function rewrite(value: unknown, treatment: Treatment, rewriting: Rewriting): unknown {
  const { pseudonyms } = rewriting;
  if (value === null || value === '') {
    return value;
  }
  if (typeof treatment === 'object' && 'members' in treatment) {
    return isObject(value) ? rewriteMembers(value, treatment.members, rewriting) : pseudonyms.shape(value);
  }
  if (typeof treatment === 'object' && 'each' in treatment) {
    return Array.isArray(value)
      ? value.map((item) => rewrite(item, treatment.each, rewriting))
      : pseudonyms.shape(value);
  }
  if (treatment === 'flag' && typeof value === 'boolean') {
    return rewriting.flag(value);
  }
  return typeof value === 'string' ? rewriteText(value, treatment, rewriting) : pseudonyms.shape(value);
}

/** A copy of an object, with each member treated, and all others replaced, name and value. */
export function rewriteMembers(object: Record<string, unknown>, members: Members, rewriting: Rewriting): object {
  const { pseudonyms } = rewriting;
  // Defined and not assigned, so that a member `__proto__` cannot do harm.
  return Object.fromEntries(
    Object.entries(object).map(([name, value]) =>
      Object.hasOwn(members, name)
        ? [name, rewrite(value, members[name] as Treatment, rewriting)]
        : [pseudonyms.memberName(name), pseudonyms.shape(value)],
    ),
  );
}

function rewriteText(text: string, treatment: Treatment, rewriting: Rewriting): string {
  const { pseudonyms, date, id, known } = rewriting;
  if (typeof treatment === 'object') {
    const values = treatment as readonly string[];
    return values.includes(text) ? known(text, values) : rewriting.text(text);
  }
  switch (treatment) {
    case 'id':
      return id(text);
    case 'date':
    case 'birthday':
    case 'personal time':
      return date(text, treatment) ?? rewriting.text(text);
    case 'phone':
      return pseudonyms.phone(text);
    case 'portal':
      return pseudonyms.portal(text);
    default:
      return rewriting.text(text);
  }
}
