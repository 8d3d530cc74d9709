import { GeneratedBase, type GeneratorInput } from '../../../src/sandbox/roster/generate/generated-base.js';
import type { Kind, RecordOf, Roster } from '../../../src/sandbox/roster/records.js';
import { LayeredStore } from '../../../src/sandbox/roster/store/layered-store.js';
import { MemoryBase } from '../../../src/sandbox/roster/store/memory-base.js';
import type { Relation, RosterStore } from '../../../src/sandbox/roster/store/store.js';

/** Every relation. */
export const RELATIONS = [
  ...(['schools.courses', 'schools.sections', 'schools.terms', 'schools.users', 'courses.resources'] as const),
  ...(['courses.schools', 'courses.sections', 'terms.schools', 'terms.sections', 'sections.resources'] as const),
  ...(['sections.users', 'users.contacts', 'users.students', 'users.teachers', 'users.resources'] as const),
  ...(['users.schools', 'users.sections', 'resources.courses', 'resources.sections', 'resources.users'] as const),
] as const satisfies readonly Relation[];

/** A district that is generated on demand. */
export function generated(input: GeneratorInput): RosterStore {
  return new LayeredStore(new GeneratedBase(input));
}

/** A district held in memory. */
export function inMemory(roster: Roster): RosterStore {
  return new LayeredStore(new MemoryBase(roster));
}

/** All records of a generated district, read from its store. */
export function rosterOf(store: RosterStore): Roster {
  const all = <K extends Kind>(kind: K): readonly RecordOf[K][] =>
    store.page(kind, { limit: Number.MAX_SAFE_INTEGER }).records;
  const [resources, courses] = [all('resources'), all('courses')];
  return {
    district: all('districts')[0] ?? { id: '' },
    schools: all('schools'),
    terms: all('terms'),
    courses,
    users: all('users'),
    sections: all('sections'),
    resources,
    // Both are mapped to the third course, which no record itself says.
    resourceAssignments: resources.map(({ id }) => ({
      resource: id,
      courses: courses.slice(2, 3).map((one) => one.id),
    })),
  };
}
