import { Random } from '../random.js';
import type { Kind } from '../records.js';

/**
 * What an id identifies. The ids of people ascend as in real districts: students first, contacts last
 * (observed).
 */
export type IdFamily =
  | Exclude<Kind, 'users'>
  | 'students'
  | 'teachers'
  | 'staff'
  | 'district_admins'
  | 'contacts'
  | 'legacy';

/** The creation second with which the ids of a family begin. Each differs, so that families share no ids. */
const CREATION_SECOND: Readonly<Record<IdFamily, number>> = {
  districts: 0x6683d200,
  schools: 0x6683d210,
  terms: 0x6683d220,
  courses: 0x6683d230,
  legacy: 0x6683d240,
  students: 0x6683d250,
  teachers: 0x6683d260,
  staff: 0x6683d270,
  district_admins: 0x6683d280,
  contacts: 0x6683d290,
  sections: 0x6683d2a0,
  resources: 0x6683d2b0,
};

const FAMILIES = Object.keys(CREATION_SECOND) as IdFamily[];
const INDEX_DIGITS = 6;
const HEX_INDEX = /^[0-9a-f]{6}$/u;

/** Makes ids in Clever's form: 24 hexadecimal digits that ascend with the index, which is in the last six. */
export class ObjectIds {
  readonly #prefixes: Readonly<Record<IdFamily, string>>;
  readonly #families: ReadonlyMap<string, IdFamily>;

  constructor(seed: number) {
    const machine = new Random(seed, 'machine').hex(10);
    const prefixes = FAMILIES.map((family) => [family, CREATION_SECOND[family].toString(16) + machine] as const);
    this.#prefixes = Object.fromEntries(prefixes) as Record<IdFamily, string>;
    this.#families = new Map(prefixes.map(([family, prefix]) => [prefix, family]));
  }

  id(family: IdFamily, index: number): string {
    return this.#prefixes[family] + index.toString(16).padStart(INDEX_DIGITS, '0');
  }

  /** Returns the family and index of an id; `undefined` when these families do not have it. */
  parse(id: string): { readonly family: IdFamily; readonly index: number } | undefined {
    const family = this.#families.get(id.slice(0, -INDEX_DIGITS));
    const digits = id.slice(-INDEX_DIGITS);
    return family === undefined || !HEX_INDEX.test(digits) ? undefined : { family, index: Number.parseInt(digits, 16) };
  }
}
