import type { ResourceRecord } from '../records.js';
import { timestamps } from './calendar.js';
import type { Maker } from './maker.js';

const RESOURCES = [
  { title: 'Fractions, a workbook', roles: ['student', 'teacher'] },
  { title: "Fractions, the teacher's edition", roles: ['teacher'] },
] as const;

/** The number of resources. */
export const RESOURCE_COUNT = RESOURCES.length;

/**
 * The position of the course that all resources are mapped to. The smallest districts do not have that
 * course.
 */
export const RESOURCES_COURSE = 2;

/** Makes the resource at a position. The form follows the specification; no resource was observed. */
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
