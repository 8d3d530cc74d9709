import type { CallOptions } from '../api/context.js';
import type { ListParams } from '../api/parameters.js';
import type { ResourceApi } from '../api/resource-api.js';
import type { Paginated } from '../pagination/index.js';
import type { Course } from '../schemas/course.js';
import type { ContentResource } from '../schemas/resource.js';
import type { Section } from '../schemas/section.js';
import type { SensitiveField } from '../values/index.js';
import { ROLE_FILTER, type RoleFilter, type UserOf, type UserWithRole } from './people.js';

/**
 * The district's resources (Clever's content mapping), which an app sees only with an extra grant. Available as
 * `district.resources`.
 *
 * @typeParam Sensitive - The sensitive fields that the client returns; `never` for none.
 */
export class Resources<Sensitive extends SensitiveField = never> {
  readonly #api: ResourceApi;

  /** @internal */
  constructor(api: ResourceApi) {
    this.#api = api;
  }

  /**
   * Lists the district's resources, ascending by id.
   *
   * Sends `GET /resources` and follows Clever's `next` links to the end. Lazy: nothing is sent until the
   * listing is read.
   *
   * @throws {@link CleverAuthenticationError} when the token is revoked.
   * @throws {@link CleverRateLimitError} when Clever asks for a wait longer than `maxRetryAfterMs`.
   */
  list(params?: ListParams): Paginated<ContentResource> {
    return this.#api.list({ call: 'resources.list()', kind: 'resource', path: '/resources' }, params);
  }

  /**
   * Reads one resource. Sends `GET /resources/{id}`.
   *
   * @throws {@link CleverNotFoundError} when it does not exist or is not shared with the app.
   */
  get(id: string, options?: CallOptions): Promise<ContentResource> {
    return this.#api.get({ call: 'resources.get()', kind: 'resource', path: '/resources/{id}', id }, options);
  }

  /** Lists the courses that a resource is assigned to. Sends `GET /resources/{id}/courses`. */
  listCourses(id: string, params?: ListParams): Paginated<Course> {
    return this.#api.list(
      { call: 'resources.listCourses()', kind: 'course', path: '/resources/{id}/courses', id },
      params,
    );
  }

  /** Lists the sections that a resource is assigned to. Sends `GET /resources/{id}/sections`. */
  listSections(id: string, params?: ListParams): Paginated<Section> {
    return this.#api.list(
      { call: 'resources.listSections()', kind: 'section', path: '/resources/{id}/sections', id },
      params,
    );
  }

  /**
   * Lists the students and teachers that a resource is assigned to. Sends `GET /resources/{id}/users`.
   *
   * @param params.role - One of `student`, `teacher`; narrows the type of the items.
   */
  listUsers<Role extends 'student' | 'teacher'>(
    id: string,
    params: ListParams & RoleFilter<Role>,
  ): Paginated<UserWithRole<Role, Sensitive>>;
  listUsers(id: string, params?: ListParams): Paginated<UserOf<Sensitive>>;
  listUsers(id: string, params?: ListParams): Paginated<UserOf<Sensitive>> {
    const filters = ROLE_FILTER;
    return this.#api.list(
      { call: 'resources.listUsers()', kind: 'user', path: '/resources/{id}/users', id, filters },
      params,
    );
  }
}
