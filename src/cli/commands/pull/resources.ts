import type { DistrictClient, ListPage, Paginated, SensitiveField } from '../../../index.js';
import {
  courseSchema,
  districtSchema,
  resourceSchema,
  schoolSchema,
  sectionSchema,
  termSchema,
  userSchema,
} from '../../../schemas/index.js';
import { omitUndefined } from '../../../util/omit-undefined.js';
import { columnsOf, type Described } from './columns.js';
import type { PullableResource, PullOptions } from './options.js';

/** A listing, as far as a pull reads it. */
export interface Pages {
  pages(): AsyncIterable<ListPage<object>>;
}

/** One kind of record that can be pulled. */
export interface Pullable {
  /** The columns of CSV; `role` and the sensitive fields narrow those of users. */
  readonly columns: readonly string[];
  /** The listing to read. */
  list(district: DistrictClient<SensitiveField>, params: ListingParams): Pages;
  /** How many there will be; `undefined` where Clever does not count. */
  count?(district: DistrictClient<SensitiveField>): Promise<number>;
}

/** What a listing takes; the client decides about members that are absent. */
export type ListingParams = {
  readonly [Name in 'role' | 'pageSize' | 'from' | 'after']?: PullOptions[Name] | undefined;
};

const EVENT_COLUMNS = ['id', 'type', 'created', 'data.object', 'data.previous_attributes'];

/** Every kind, by its name on the command line. */
export const PULLABLE: Readonly<Record<PullableResource, Pullable>> = {
  users: pullable('users', userSchema),
  sections: pullable('sections', sectionSchema),
  schools: pullable('schools', schoolSchema),
  courses: pullable('courses', courseSchema),
  terms: pullable('terms', termSchema),
  resources: {
    columns: columnsOf(resourceSchema as Described),
    list: ({ resources }, { pageSize, from }) => resources.list(omitUndefined({ pageSize, from })),
  },
  districts: {
    columns: columnsOf(districtSchema as Described),
    // Clever does not page this list.
    list: ({ districts }) => districts.list(),
    count: ({ districts }) => districts.count(),
  },
  events: {
    columns: EVENT_COLUMNS,
    list: ({ events }, { pageSize, from, after }) => events.list(omitUndefined({ pageSize, from, after })),
  },
};

type Counted = 'users' | 'sections' | 'schools' | 'courses' | 'terms';

function pullable(name: Counted, schema: unknown): Pullable {
  return {
    columns: columnsOf(schema as Described),
    list: (district, { role, pageSize, from }) =>
      (district[name].list as (params: object) => Paginated<object>).call(
        district[name],
        omitUndefined({ role, pageSize, from }),
      ),
    count: (district) => district[name].count(),
  };
}
