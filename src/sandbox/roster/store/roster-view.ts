import type { KnownRole } from '../../../values/index.js';
import type { Called, Kind, RecordOf } from '../records.js';
import { rolesOf } from '../roles.js';
import type { BaseRoster } from './base-roster.js';
import type { AssignmentIndex, PairIndex, RecordIndex } from './index-entries.js';
import { allIds, type EditedIds, type Ids, includesId, sortedIds, unedited } from './ordered.js';
import type { Overlay } from './overlay.js';

/** What sections make pairs of with their schools. */
const PAIR_MEMBERS = { courses: 'course', terms: 'term_id' } as const;

/** A roster as it is now: what it began with, seen through its edits. */
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

  nameOf(userId: string): Called | undefined {
    return this.#overlay.touches('users', userId) ? this.#overlay.get('users', userId) : this.#base.nameOf(userId);
  }

  /** What is found under a key. Records of an index are all there. */
  find(index: RecordIndex, key: string): EditedIds {
    return this.#overlay.edit(index, key);
  }

  /** What resources are mapped to; it may lead nowhere. */
  findAssigned(index: AssignmentIndex, key: string): Ids {
    return this.#base.find(index, key);
  }

  /** Courses and terms of a school; they may be gone. */
  pairsOfSchool(members: 'courses' | 'terms', school: string): EditedIds {
    if (!this.#overlay.touchedSchools.has(school)) {
      return unedited(this.#base.find(`${members} by school`, school));
    }
    return unedited(this.#pairsAnew(members, school));
  }

  /** Schools of a course or term; they may be gone. */
  schoolsOf(members: 'courses' | 'terms', id: string): EditedIds {
    const index: PairIndex = members === 'courses' ? 'schools by course' : 'schools by term';
    const touched = this.#overlay.touchedSchools;
    const added = [...touched].filter((school) => includesId(this.#pairsAnew(members, school), id));
    return { base: this.#base.find(index, id), hides: (school) => touched.has(school), added: sortedIds(added) };
  }

  /** One section after the other: only for schools whose sections were touched. */
  #pairsAnew(members: 'courses' | 'terms', school: string): string[] {
    const sections = allIds(this.find('sections by school', school));
    return sortedIds(sections.flatMap((id) => this.get('sections', id)?.[PAIR_MEMBERS[members]] ?? []));
  }
}
