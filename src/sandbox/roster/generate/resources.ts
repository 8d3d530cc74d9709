import type { ResourceRecord } from '../records.js';
import { timestamps } from './calendar.js';
import type { Maker } from './maker.js';

const RESOURCES = [
  { title: 'Fractions, a workbook', roles: ['student', 'teacher'] },
  { title: "Fractions, the teacher's edition", roles: ['teacher'] },
] as const;

/** How many resources there are. */
export const RESOURCE_COUNT = RESOURCES.length;

/** The position of the course that they are all mapped to; the smallest districts have no such course. */
export const RESOURCES_COURSE = 2;

/** The resource at a position. Their form is the specification's; none was observed. */
export function makeResource(maker: Maker, index: number): ResourceRecord {
  const { created, last_modified: updated } = timestamps(70_000);
  return {
    district: maker.district,
    resource_id: `resource-${index + 1}`,
    ...RESOURCES[index],
    created,
    updated,
    id: maker.ids.id('resources', index),
  };
}
