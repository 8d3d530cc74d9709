import type { DistrictClient, User } from 'clever-sdk';
import { KNOWN_ROLES } from 'clever-sdk/values';

/** What the roster is shown by. */
export type RosterKind = 'schools' | 'sections' | 'people';

/** A table of texts. */
export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const ALL = { maxItems: 20_000 };
const PAGE = { pageSize: 5_000 };

/** Reads a district through the SDK, as one table for each kind of record. */
export async function readRoster(district: DistrictClient): Promise<Readonly<Record<RosterKind, Table>>> {
  const schools = await district.schools.list(PAGE).toArray(ALL);
  const users = await district.users.list(PAGE).toArray(ALL);
  const sections = await district.sections.list(PAGE).toArray(ALL);
  const schoolNames = new Map(schools.map(({ id, name }) => [id, name ?? '']));
  const userNames = new Map(users.map((user) => [user.id, nameOf(user)]));
  return {
    schools: {
      columns: ['School', 'Grades', 'Sections', 'Id'],
      rows: schools.map(({ id, name, low_grade, high_grade }) => [
        name ?? '',
        [low_grade, high_grade].filter(Boolean).join(' – '),
        String(sections.filter(({ school }) => school === id).length),
        id,
      ]),
    },
    sections: {
      columns: ['Section', 'Teacher', 'Students', 'School', 'Id'],
      rows: sections.map(({ id, name, teacher, students, school }) => [
        name ?? '',
        userNames.get(teacher ?? '') ?? '',
        String(students?.length ?? 0),
        schoolNames.get(school ?? '') ?? '',
        id,
      ]),
    },
    people: {
      columns: ['Name', 'Roles', 'Grade', 'School', 'Id'],
      rows: users.map((user) => [
        nameOf(user),
        KNOWN_ROLES.filter((role) => user.roles?.[role] != null).join(', '),
        user.roles?.student?.grade ?? '',
        schoolNames.get(user.roles?.student?.school ?? user.roles?.teacher?.school ?? '') ?? '',
        user.id,
      ]),
    },
  };
}

function nameOf({ name }: User): string {
  return [name?.first, name?.last].filter(Boolean).join(' ');
}
