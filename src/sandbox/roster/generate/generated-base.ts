import type { KnownRole } from '../../../values/index.js';
import type { Called, Kind, RecordOf, UserRecord } from '../records.js';
import type { BaseRoster } from '../store/base-roster.js';
import type { AssignmentIndex, PairIndex, RecordIndex } from '../store/index-entries.js';
import type { Ids } from '../store/ordered.js';
import { type Families, type Family, familiesOf } from './families.js';
import { GeneratedLists } from './generated-lists.js';
import type { Maker } from './maker.js';
import { ObjectIds } from './object-id.js';
import { makeDistrictName } from './places.js';
import { DistrictPlan } from './plan.js';

/** Ids have six digits for positions, and other records count on from a few million. */
export const MAX_STUDENTS = 10_000_000;

/** What a generated district is made from. */
export interface GeneratorInput {
  readonly seed: number;
  readonly students: number;
  readonly name?: string | undefined;
}

/**
 * A district made up: the same input gives the same roster, to the last byte. Nobody in it exists.
 *
 * About one teacher to sixteen students, one section to five, four contacts to five. The oddities of real rosters are in it
 * on purpose: people with two roles or two schools, shared classes, teachers without any, missing, empty and malformed
 * e-mail addresses, names beyond ASCII.
 *
 * Nothing is made before it is asked for, and nothing is kept: a record follows from the seed and from its position, which
 * its id carries, and so does every list.
 */
export class GeneratedBase implements BaseRoster {
  readonly #ids: ObjectIds;
  readonly #families: Families;
  readonly #lists: GeneratedLists;

  constructor({ seed, students, name = makeDistrictName(seed) }: GeneratorInput) {
    const ids = new ObjectIds(seed);
    const maker: Maker = { seed, ids, district: ids.id('districts', 0), plan: new DistrictPlan(students) };
    this.#ids = ids;
    this.#families = familiesOf(maker, name);
    this.#lists = new GeneratedLists(maker, this.#families);
  }

  get<K extends Kind>(kind: K, id: string): RecordOf[K] | undefined {
    const found = this.#locate(kind, id);
    return found?.family.make(found.index) as RecordOf[K] | undefined;
  }

  has(kind: Kind, id: string): boolean {
    return this.#locate(kind, id) !== undefined;
  }

  rolesOf(userId: string): readonly KnownRole[] {
    const found = this.#locate('users', userId);
    return found?.family.rolesOf?.(found.index) ?? [];
  }

  nameOf(userId: string): Called | undefined {
    const { family, index = 0 } = this.#locate('users', userId) ?? {};
    return family?.nameOf?.(index) ?? (family?.make(index) as UserRecord | undefined);
  }

  find(index: RecordIndex | PairIndex | AssignmentIndex, key: string): Ids {
    return this.#lists.find(index, key);
  }

  #locate(kind: Kind, id: string): { readonly family: Family; readonly index: number } | undefined {
    const parsed = this.#ids.parse(id);
    if (parsed === undefined || parsed.family === 'legacy') {
      return undefined;
    }
    const family = this.#families[parsed.family];
    return family.kind === kind && parsed.index < family.count ? { family, index: parsed.index } : undefined;
  }
}
