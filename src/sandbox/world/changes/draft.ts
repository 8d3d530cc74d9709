import type { AnyRecord, Kind, RecordOf, SectionRecord } from '../../roster/records.js';
import type { RosterStore } from '../../roster/store/store.js';
import { changeOf, type RecordDiff, type Write } from '../events/record-diff.js';
import { MODIFIED } from '../events/stamps.js';
import { relatedIds, someRelated } from './everything.js';

/** A planned write, with the record that it replaces. */
type Edit = Write & { readonly before: AnyRecord | undefined };

/** A planned change to a roster. The roster does not change until the draft's changes are committed. */
export class Draft {
  /** The present roster. */
  readonly roster: RosterStore;
  /** ISO timestamp. */
  readonly now: string;
  readonly #edits = new Map<string, Edit>();

  constructor(roster: RosterStore, now: string) {
    this.roster = roster;
    this.now = now;
  }

  /** Returns a record as it will be. */
  get<K extends Kind>(kind: K, id: string): RecordOf[K] | undefined {
    const edit = this.#edits.get(`${kind}/${id}`);
    return edit === undefined ? this.roster.get(kind, id) : (edit.record as RecordOf[K] | undefined);
  }

  /**
   * Adds a record, or replaces the one with its id.
   *
   * @param before - The roster's present record. Pass it when it is at hand: looking up thousands takes
   * time.
   */
  put<K extends Kind>(
    kind: K,
    record: RecordOf[K],
    before: AnyRecord | undefined = this.roster.get(kind, record.id),
  ): void {
    this.#edits.set(`${kind}/${record.id}`, { kind, id: record.id, record, before });
  }

  /** Removes a record. */
  remove(kind: Kind, id: string, before: AnyRecord | undefined = this.roster.get(kind, id)): void {
    this.#edits.set(`${kind}/${id}`, { kind, id, record: undefined, before });
  }

  /**
   * Replaces the students of a section. Clever guarantees at least one, so a section that loses its last
   * student is removed (inferred).
   */
  putStudents(section: SectionRecord, students: readonly string[]): void {
    if (students.length === 0 && (section.students ?? []).length > 0) {
      this.removeSection(section);
    } else {
      this.put('sections', { ...section, students });
    }
  }

  /** Removes a section, and the course and term that Clever built from no other section. */
  removeSection(section: SectionRecord): void {
    this.remove('sections', section.id);
    this.#removeUnused('courses', section.course);
    this.#removeUnused('terms', section.term_id);
  }

  /** Removes a student from contacts, and contacts that have no other student. */
  removeFromContacts(studentId: string): void {
    for (const id of relatedIds(this.roster, 'users.contacts', studentId)) {
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

  /** Returns the changes of all edits. Changed records get the time of the change. */
  changes(): RecordDiff[] {
    const changes: RecordDiff[] = [];
    for (const edit of this.#edits.values()) {
      const change = changeOf(edit.before, edit);
      if (change !== undefined) {
        const modified = change.action === 'deleted' ? undefined : MODIFIED[change.kind];
        changes.push(
          modified === undefined ? change : { ...change, object: { ...change.object, [modified]: this.now } },
        );
      }
    }
    return changes;
  }

  #removeUnused(kind: 'courses' | 'terms', id: string | undefined): void {
    const member = kind === 'courses' ? 'course' : 'term_id';
    const isUsed = (section: string): boolean => this.get('sections', section)?.[member] === id;
    if (id !== undefined && this.get(kind, id) !== undefined) {
      if (someRelated(this.roster, `${kind}.sections`, id, isUsed) !== true) {
        this.remove(kind, id);
      }
    }
  }
}
