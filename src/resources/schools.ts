import type { CallOptions } from '../api/context.js';
import type { ListParams } from '../api/parameters.js';
import type { ResourceApi } from '../api/resource-api.js';
import type { Paginated } from '../pagination/index.js';
import type { Course } from '../schemas/course.js';
import type { District } from '../schemas/district.js';
import type { School } from '../schemas/school.js';
import type { Section } from '../schemas/section.js';
import type { Term } from '../schemas/term.js';
import type { RequestOptions } from '../transport/index.js';
import type { SensitiveField } from '../values/index.js';
import {
  PRIMARY_FILTER,
  type PrimaryFilter,
  ROLE_FILTER,
  type RoleFilter,
  type UserOf,
  type UserWithRole,
} from './people.js';

/**
 * The district's schools. Available as `district.schools`.
 *
 * @typeParam Sensitive - The sensitive fields that the client returns; `never` for none.
 */
export class Schools<Sensitive extends SensitiveField = never> {
  readonly #api: ResourceApi;

  /** @internal */
  constructor(api: ResourceApi) {
    this.#api = api;
  }

  /**
   * Lists the district's schools, ascending by id.
   *
   * Sends `GET /schools` and follows Clever's `next` links to the end. Lazy: nothing is sent until the
   * listing is read.
   *
   * @throws {@link CleverAuthenticationError} when the token is revoked.
   * @throws {@link CleverRateLimitError} when Clever asks for a wait longer than `maxRetryAfterMs`.
   */
  list(params?: ListParams): Paginated<School> {
    return this.#api.list({ call: 'schools.list()', kind: 'school', path: '/schools' }, params);
  }

  /**
   * Reads one school. Sends `GET /schools/{id}`.
   *
   * @throws {@link CleverNotFoundError} when it does not exist or is not shared with the app.
   */
  get(id: string, options?: CallOptions): Promise<School> {
    return this.#api.get({ call: 'schools.get()', kind: 'school', path: '/schools/{id}', id }, options);
  }

  /** Counts the district's schools. Sends `GET /schools?count=true`. */
  count(options?: RequestOptions): Promise<number> {
    return this.#api.count('schools.count()', '/schools', options);
  }

  /** Reads the district of a school. Sends `GET /schools/{id}/district`. */
  getDistrict(id: string, options?: CallOptions): Promise<District> {
    return this.#api.get(
      { call: 'schools.getDistrict()', kind: 'district', path: '/schools/{id}/district', id },
      options,
    );
  }

  /** Lists the courses of a school. Sends `GET /schools/{id}/courses`. */
  listCourses(id: string, params?: ListParams): Paginated<Course> {
    return this.#api.list({ call: 'schools.listCourses()', kind: 'course', path: '/schools/{id}/courses', id }, params);
  }

  /** Lists the sections of a school. Sends `GET /schools/{id}/sections`. */
  listSections(id: string, params?: ListParams): Paginated<Section> {
    return this.#api.list(
      { call: 'schools.listSections()', kind: 'section', path: '/schools/{id}/sections', id },
      params,
    );
  }

  /**
   * Lists the terms of a school. Their dates come as timestamps here and as plain dates from `terms.list()`
   * (observed). Sends `GET /schools/{id}/terms`.
   */
  listTerms(id: string, params?: ListParams): Paginated<Term> {
    return this.#api.list({ call: 'schools.listTerms()', kind: 'term', path: '/schools/{id}/terms', id }, params);
  }

  /**
   * Lists every person associated with a school, including those with another primary school. Sends
   * `GET /schools/{id}/users`.
   *
   * @param params.role - One of `staff`, `student`, `teacher`; narrows the type of the items.
   */
  listUsers<Role extends 'staff' | 'student' | 'teacher'>(
    id: string,
    params: ListParams & RoleFilter<Role> & PrimaryFilter,
  ): Paginated<UserWithRole<Role, Sensitive>>;
  listUsers(id: string, params?: ListParams & PrimaryFilter): Paginated<UserOf<Sensitive>>;
  listUsers(id: string, params?: ListParams): Paginated<UserOf<Sensitive>> {
    const filters = [...ROLE_FILTER, ...PRIMARY_FILTER];
    return this.#api.list(
      { call: 'schools.listUsers()', kind: 'user', path: '/schools/{id}/users', id, filters },
      params,
    );
  }
}
