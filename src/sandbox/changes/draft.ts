import { membersBefore } from '../events/difference.js';
import type { Write } from '../events/record-change.js';
import { MODIFIED } from '../events/stamps.js';
import type { Kind, RecordOf, SectionRecord } from '../records.js';
import type { RosterStore } from '../store/store.js';
import { allRelated } from './everything.js';

/** What a change is going to make of a roster: nothing has happened before its writes are committed. */
export class Draft {
  /** The roster as it is. */
  readonly roster: RosterStore;
  /** ISO timestamp. */
  readonly now: string;
  readonly #writes = new Map<string, Write>();

  constructor(roster: RosterStore, now: string) {
    this.roster = roster;
    this.now = now;
  }

  /** A record as it is going to be. */
  get<K extends Kind>(kind: K, id: string): RecordOf[K] | undefined {
    const write = this.#writes.get(`${kind}/${id}`);
    return write === undefined ? this.roster.get(kind, id) : (write.record as RecordOf[K] | undefined);
  }

  /** Puts a record in, or in the place of the one with its id, with the time of its last change. */
  put<K extends Kind>(kind: K, record: RecordOf[K]): void {
    const { id } = record;
    const modified = MODIFIED[kind];
    const old = this.roster.get(kind, id);
    const isChanged = old === undefined || membersBefore(old, record, modified) !== undefined;
    const stamp = isChanged && modified !== undefined ? { [modified]: this.now } : {};
    this.#writes.set(`${kind}/${id}`, { kind, id, record: { ...record, ...stamp } });
  }

  remove(kind: Kind, id: string): void {
    this.#writes.set(`${kind}/${id}`, { kind, id, record: undefined });
  }

  /** Gives a section other students. Clever guarantees at least one: a section that is left by the last is gone (inferred). */
  putStudents(section: SectionRecord, students: readonly string[]): void {
    if (students.length === 0 && (section.students ?? []).length > 0) {
      this.removeSection(section);
    } else {
      this.put('sections', { ...section, students });
    }
  }

  /** Takes a section out, with what Clever built from it and from no other section. */
  removeSection(section: SectionRecord): void {
    this.remove('sections', section.id);
    this.#removeUnused('courses', section.course);
    this.#removeUnused('terms', section.term_id);
  }

  /** A contact whose students are all gone goes with them; others lose those that are. */
  removeFromContacts(studentId: string): void {
    for (const { id } of allRelated(this.roster, 'users.contacts', studentId)) {
      const contact = this.get('users', id);
      const role = contact?.roles.contact;
      if (contact !== undefined && role !== undefined) {
        const left = (role.student_relationships ?? []).filter(({ student }) => student !== studentId);
        if (left.length === 0) {
          this.remove('users', id);
        } else {
          const roles = { ...contact.roles, contact: { ...role, student_relationships: left } };
          this.put('users', { ...contact, roles });
        }
      }
    }
  }

  writes(): Write[] {
    return [...this.#writes.values()];
  }

  #removeUnused(kind: 'courses' | 'terms', id: string | undefined): void {
    const member = kind === 'courses' ? 'course' : 'term_id';
    const isUsed = (section: { readonly id: string }): boolean => this.get('sections', section.id)?.[member] === id;
    if (id !== undefined && this.get(kind, id) !== undefined) {
      if (!allRelated(this.roster, `${kind}.sections`, id).some(isUsed)) {
        this.remove(kind, id);
      }
    }
  }
}
