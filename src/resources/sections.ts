import type { CallOptions } from '../api/context.js';
import type { ListParams } from '../api/parameters.js';
import type { ResourceApi } from '../api/resource-api.js';
import type { Paginated } from '../pagination/index.js';
import type { Course } from '../schemas/course.js';
import type { District } from '../schemas/district.js';
import type { ContentResource } from '../schemas/resource.js';
import type { School } from '../schemas/school.js';
import type { Section } from '../schemas/section.js';
import type { Term } from '../schemas/term.js';
import type { RequestOptions } from '../transport/index.js';
import type { SensitiveField } from '../values/index.js';
import { ROLE_FILTER, type RoleFilter, type UserOf, type UserWithRole } from './people.js';

/**
 * The district's sections (classes). Available as `district.sections`.
 *
 * @typeParam Sensitive - The sensitive fields that the client returns; `never` for none.
 */
export class Sections<Sensitive extends SensitiveField = never> {
  readonly #api: ResourceApi;

  /** @internal */
  constructor(api: ResourceApi) {
    this.#api = api;
  }

  /**
   * Lists the district's sections, ascending by id.
   *
   * Sends `GET /sections` and follows Clever's `next` links to the end. Lazy: nothing is sent until the
   * listing is read.
   *
   * @throws {@link CleverAuthenticationError} when the token is revoked.
   * @throws {@link CleverRateLimitError} when Clever asks for a wait longer than `maxRetryAfterMs`.
   */
  list(params?: ListParams): Paginated<Section> {
    return this.#api.list({ call: 'sections.list()', kind: 'section', path: '/sections' }, params);
  }

  /**
   * Reads one section. Sends `GET /sections/{id}`.
   *
   * @throws {@link CleverNotFoundError} when it does not exist or is not shared with the app.
   */
  get(id: string, options?: CallOptions): Promise<Section> {
    return this.#api.get({ call: 'sections.get()', kind: 'section', path: '/sections/{id}', id }, options);
  }

  /** Counts the district's sections. Sends `GET /sections?count=true`. */
  count(options?: RequestOptions): Promise<number> {
    return this.#api.count('sections.count()', '/sections', options);
  }

  /** Reads the course of a section. Sends `GET /sections/{id}/course`. */
  getCourse(id: string, options?: CallOptions): Promise<Course> {
    return this.#api.get({ call: 'sections.getCourse()', kind: 'course', path: '/sections/{id}/course', id }, options);
  }

  /** Reads the district of a section. Sends `GET /sections/{id}/district`. */
  getDistrict(id: string, options?: CallOptions): Promise<District> {
    return this.#api.get(
      { call: 'sections.getDistrict()', kind: 'district', path: '/sections/{id}/district', id },
      options,
    );
  }

  /** Reads the school of a section. Its people may belong to another. Sends `GET /sections/{id}/school`. */
  getSchool(id: string, options?: CallOptions): Promise<School> {
    return this.#api.get({ call: 'sections.getSchool()', kind: 'school', path: '/sections/{id}/school', id }, options);
  }

  /** Reads the term of a section. Sends `GET /sections/{id}/term`. */
  getTerm(id: string, options?: CallOptions): Promise<Term> {
    return this.#api.get({ call: 'sections.getTerm()', kind: 'term', path: '/sections/{id}/term', id }, options);
  }

  /** Lists the resources assigned to a section. Sends `GET /sections/{id}/resources`. */
  listResources(id: string, params?: ListParams): Paginated<ContentResource> {
    return this.#api.list(
      { call: 'sections.listResources()', kind: 'resource', path: '/sections/{id}/resources', id },
      params,
    );
  }

  /**
   * Lists the students and teachers of a section. Sends `GET /sections/{id}/users`.
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
      { call: 'sections.listUsers()', kind: 'user', path: '/sections/{id}/users', id, filters },
      params,
    );
  }
}
