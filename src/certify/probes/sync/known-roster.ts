import type { SharedLink } from '../../clever/shared.js';
import type { RosterLine } from '../../options.js';

/** What the app knows, by the lines that it printed. Archived records may be printed as inactive, or left out. */
export class KnownRoster {
  readonly #byId = new Map<string, RosterLine[]>();
  readonly #links: ReadonlySet<string> | undefined;
  /** Whether the lines have the app's own ids. */
  readonly hasAppIds: boolean;
  /** Whether the lines have districts. */
  readonly hasDistricts: boolean;

  constructor(lines: readonly RosterLine[]) {
    const enrollments = lines.filter(isEnrollment);
    for (const line of lines) {
      if (!isEnrollment(line) && line.cleverId !== undefined) {
        const same = this.#byId.get(line.cleverId);
        if (same === undefined) {
          this.#byId.set(line.cleverId, [line]);
        } else {
          same.push(line);
        }
      }
    }
    const records = [...this.#byId.values()].flat();
    this.hasAppIds = records.some(({ appId }) => appId !== undefined);
    this.hasDistricts = records.some(({ districtId }) => districtId !== undefined);
    this.#links =
      enrollments.length === 0
        ? undefined
        : new Set(
            enrollments
              .filter(({ active }) => active)
              .map(({ sectionId = '', userId = '', role = '' }) => `${sectionId} ${userId} ${sideOf(role)}`),
          );
  }

  /** Whether the app prints enrollments. */
  get hasLinks(): boolean {
    return this.#links !== undefined;
  }

  /** Whether the app uses the record. */
  isActive(id: string): boolean {
    return this.#byId.get(id)?.some(({ active }) => active) ?? false;
  }

  /** Whether the app prints the record, active or not. */
  has(id: string): boolean {
    return this.#byId.has(id);
  }

  /** The app's own ids of the record; several when it has one line per role. */
  appIdsOf(id: string): readonly string[] {
    const lines = this.#byId.get(id) ?? [];
    return [...new Set(lines.flatMap(({ appId }) => (appId === undefined ? [] : String(appId))))].sort();
  }

  /** How many active lines of one kind the record has: more than one means that the app has it twice. */
  activeLinesOf(id: string): number {
    const counts = new Map<string, number>();
    for (const { kind, active } of this.#byId.get(id) ?? []) {
      counts.set(kind, (counts.get(kind) ?? 0) + (active ? 1 : 0));
    }
    return Math.max(0, ...counts.values());
  }

  districtsOf(id: string): readonly string[] {
    return [...new Set((this.#byId.get(id) ?? []).flatMap(({ districtId }) => districtId ?? []))];
  }

  /** The active enrollments that concern a section or a person, as texts to compare with {@link linkText}. */
  linksOf(ids: ReadonlySet<string>): readonly string[] {
    return [...(this.#links ?? [])].filter((link) => link.split(' ').some((part) => ids.has(part)));
  }
}

/** An enrollment as a text, to compare with what the app prints. */
export function linkText({ section, user, role }: SharedLink): string {
  return `${section} ${user} ${role}`;
}

/** Apps may tell primary teachers and co-teachers apart; either is a teacher. */
function sideOf(role: string): SharedLink['role'] {
  return /student|learner/iu.test(role) ? 'student' : 'teacher';
}

function isEnrollment({ kind }: RosterLine): boolean {
  return /^(?:enrollment|enrolment)s?$/iu.test(kind);
}
