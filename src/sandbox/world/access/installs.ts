import type { District } from '../district.js';

/** The teachers who have added the app from the Clever Library. */
export class Installs {
  readonly #teachers = new WeakMap<District, Set<string>>();

  /** Adds the app for a teacher, who agrees to share all of their own sections. */
  add(district: District, teacherId: string): void {
    const teachers = this.#teachers.get(district) ?? new Set();
    this.#teachers.set(district, teachers.add(teacherId));
  }

  /** Whether a teacher has added the app. */
  has(district: District, teacherId: string): boolean {
    return this.#teachers.get(district)?.has(teacherId) === true;
  }

  /** Returns the ids of the teachers of a district who have added the app. */
  of(district: District): string[] {
    return [...(this.#teachers.get(district) ?? [])];
  }

  /**
   * Whether a student is in a section of a teacher who has added the app. Source: dev.clever.com, v2.0
   * Library guide.
   */
  reaches(district: District, studentId: string): boolean {
    const teachers = this.#teachers.get(district);
    if (teachers === undefined) {
      return false;
    }
    const { records } = district.store.related('users.teachers', studentId, { limit: 10_000 });
    return records.some(({ id }) => teachers.has(id));
  }
}
