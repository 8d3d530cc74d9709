import type { KnownRole } from '../../../values/index.js';
import type { Kind, NameAndEmail, RecordOf } from '../records.js';
import { rolesOf } from '../roles.js';
import type { BaseRoster } from './base-roster.js';
import type { AssignmentIndex, PairIndex, RecordIndex } from './index-entries.js';
import { allIds, type EditedIds, type Ids, includesId, sortedIds, unedited } from './ordered.js';
import type { Overlay } from './overlay.js';

/** The member of a section that names its course or term, which the section pairs with its school. */
const PAIR_MEMBERS = { courses: 'course', terms: 'term_id' } as const;

/** A roster in its present state: the initial roster with the edits applied. */
export class RosterView {
  readonly #base: BaseRoster;
  readonly #overlay: Overlay;

  constructor(base: BaseRoster, overlay: Overlay) {
    this.#base = base;
    this.#overlay = overlay;
  }

  get<K extends Kind>(kind: K, id: string): RecordOf[K] | undefined {
    return this.#overlay.touches(kind, id) ? this.#overlay.get(kind, id) : this.#base.get(kind, id);
  }

  has(kind: Kind, id: string): boolean {
    return this.#overlay.touches(kind, id) ? this.#overlay.get(kind, id) !== undefined : this.#base.has(kind, id);
  }

  rolesOf(userId: string): readonly KnownRole[] {
    if (!this.#overlay.touches('users', userId)) {
      return this.#base.rolesOf(userId);
    }
    const user = this.#overlay.get('users', userId);
    return user === undefined ? [] : rolesOf(user);
  }

  nameOf(userId: string): NameAndEmail | undefined {
    return this.#overlay.touches('users', userId) ? this.#overlay.get('users', userId) : this.#base.nameOf(userId);
  }

  /** Returns the ids under a key. All of them have records. */
  find(index: RecordIndex, key: string): EditedIds {
    return this.#overlay.edit(index, key);
  }

  /** Returns the ids of a resource mapping; some of them may have no record. */
  findAssigned(index: AssignmentIndex, key: string): Ids {
    return this.#base.find(index, key);
  }

  /** Returns the courses or terms of a school; some of them may have been removed. */
  pairsOfSchool(members: 'courses' | 'terms', school: string): EditedIds {
    if (!this.#overlay.touchedSchools.has(school)) {
      return unedited(this.#base.find(`${members} by school`, school));
    }
    return unedited(this.#computePairs(members, school));
  }

  /** Returns the schools of a course or term; some of them may have been removed. */
  schoolsOf(members: 'courses' | 'terms', id: string): EditedIds {
    const index: PairIndex = members === 'courses' ? 'schools by course' : 'schools by term';
    const touched = this.#overlay.touchedSchools;
    const added = [...touched].filter((school) => includesId(this.#computePairs(members, school), id));
    return { base: this.#base.find(index, id), hides: (school) => touched.has(school), added: sortedIds(added) };
  }

  /** Computes the pairs from the school's sections, which is necessary only when a section was edited. */
  #computePairs(members: 'courses' | 'terms', school: string): string[] {
    const sections = allIds(this.find('sections by school', school));
    return sortedIds(sections.flatMap((id) => this.get('sections', id)?.[PAIR_MEMBERS[members]] ?? []));
  }
}
