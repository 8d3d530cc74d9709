import type { KnownRole } from '../../../values/index.js';
import type { Kind, NameAndEmail, RecordOf, UserRecord } from '../records.js';
import type { BaseRoster } from '../store/base-roster.js';
import type { AssignmentIndex, PairIndex, RecordIndex } from '../store/index-entries.js';
import type { Ids } from '../store/ordered.js';
import { type Families, type Family, familiesOf } from './families.js';
import { GeneratedLists } from './generated-lists.js';
import type { Maker } from './maker.js';
import { ObjectIds } from './object-id.js';
import { makeDistrictName } from './places.js';
import { DistrictPlan } from './plan.js';

/** Ids have six digits for positions, and ids of other records begin a few million above. */
export const MAX_STUDENTS = 10_000_000;

/** The input from which a district is generated. */
export interface GeneratorInput {
  readonly seed: number;
  readonly students: number;
  readonly name?: string | undefined;
}

/**
 * A generated district: the same input produces the same roster, byte for byte. All of its people are
 * invented.
 *
 * It has about one teacher per 16 students, one section per five students and four contacts per five. It
 * contains the oddities of real rosters on purpose: people with two roles or two schools, shared classes,
 * teachers without classes, missing, empty and malformed e-mail addresses, names beyond ASCII.
 *
 * Records are generated on request and are not kept: a record and every list follow from the seed and the
 * position, which the id contains.
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

  nameOf(userId: string): NameAndEmail | undefined {
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
