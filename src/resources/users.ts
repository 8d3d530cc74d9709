import type { CallOptions } from '../api/context.js';
import type { ListParams } from '../api/parameters.js';
import type { ResourceApi } from '../api/resource-api.js';
import type { Paginated } from '../pagination/index.js';
import type { District } from '../schemas/district.js';
import type { ContentResource } from '../schemas/resource.js';
import type { School } from '../schemas/school.js';
import type { Section } from '../schemas/section.js';
import type { RequestOptions } from '../transport/index.js';
import type { SensitiveField } from '../values/index.js';
import {
  PRIMARY_FILTER,
  type PrimaryFilter,
  ROLE_FILTER,
  type RoleFilter,
  type UserOf,
  type UserRole,
  type UserWithRole,
} from './people.js';

/**
 * The district's people: students, teachers, staff, district admins and contacts, each with one or more
 * roles. Available as `district.users`.
 *
 * @typeParam Sensitive - The sensitive fields that the client returns; `never` for none.
 */
export class Users<Sensitive extends SensitiveField = never> {
  readonly #api: ResourceApi;

  /** @internal */
  constructor(api: ResourceApi) {
    this.#api = api;
  }

  /**
   * Lists the district's people, ascending by id.
   *
   * Sends `GET /users` and follows Clever's `next` links to the end. Lazy: nothing is sent until the listing is read.
   *
   * @param params.role - One of `contact`, `district_admin`, `staff`, `student`, `teacher`; narrows the type of the
   * items. A person with two roles appears in both listings.
   * @throws {@link CleverAuthenticationError} when the token is revoked.
   * @throws {@link CleverRateLimitError} when Clever asks for a wait longer than `maxRetryAfterMs`.
   */
  list<Role extends UserRole>(params: ListParams & RoleFilter<Role>): Paginated<UserWithRole<Role, Sensitive>>;
  list(params?: ListParams): Paginated<UserOf<Sensitive>>;
  list(params?: ListParams): Paginated<UserOf<Sensitive>> {
    return this.#api.list({ call: 'users.list()', kind: 'user', path: '/users', filters: ROLE_FILTER }, params);
  }

  /**
   * Reads one person. Sends `GET /users/{id}`.
   *
   * @throws {@link CleverNotFoundError} when it does not exist or is not shared with the app.
   */
  get(id: string, options?: CallOptions): Promise<UserOf<Sensitive>> {
    return this.#api.get({ call: 'users.get()', kind: 'user', path: '/users/{id}', id }, options);
  }

  /** Counts the district's people. Sends `GET /users?count=true`. */
  count(options?: RequestOptions): Promise<number> {
    return this.#api.count('users.count()', '/users', options);
  }

  /** Reads the district of a person. Sends `GET /users/{id}/district`. */
  getDistrict(id: string, options?: CallOptions): Promise<District> {
    return this.#api.get({ call: 'users.getDistrict()', kind: 'district', path: '/users/{id}/district', id }, options);
  }

  /** Lists the contacts (guardians and others) of a student. Sends `GET /users/{id}/mycontacts`. */
  listMyContacts(id: string, params?: ListParams): Paginated<UserWithRole<'contact', Sensitive>> {
    return this.#api.list({ call: 'users.listMyContacts()', kind: 'user', path: '/users/{id}/mycontacts', id }, params);
  }

  /** Lists the students of a teacher or of a contact. Sends `GET /users/{id}/mystudents`. */
  listMyStudents(id: string, params?: ListParams): Paginated<UserWithRole<'student', Sensitive>> {
    return this.#api.list({ call: 'users.listMyStudents()', kind: 'user', path: '/users/{id}/mystudents', id }, params);
  }

  /** Lists the teachers of a student. Sends `GET /users/{id}/myteachers`. */
  listMyTeachers(id: string, params?: ListParams): Paginated<UserWithRole<'teacher', Sensitive>> {
    return this.#api.list({ call: 'users.listMyTeachers()', kind: 'user', path: '/users/{id}/myteachers', id }, params);
  }

  /** Lists the resources assigned to a person. Sends `GET /users/{id}/resources`. */
  listResources(id: string, params?: ListParams): Paginated<ContentResource> {
    return this.#api.list(
      { call: 'users.listResources()', kind: 'resource', path: '/users/{id}/resources', id },
      params,
    );
  }

  /** Lists the schools of a person. Sends `GET /users/{id}/schools`. */
  listSchools(id: string, params?: ListParams & PrimaryFilter): Paginated<School> {
    const filters = PRIMARY_FILTER;
    return this.#api.list(
      { call: 'users.listSchools()', kind: 'school', path: '/users/{id}/schools', id, filters },
      params,
    );
  }

  /** Lists the sections of a person, in which the person learns or teaches. Sends `GET /users/{id}/sections`. */
  listSections(id: string, params?: ListParams): Paginated<Section> {
    return this.#api.list({ call: 'users.listSections()', kind: 'section', path: '/users/{id}/sections', id }, params);
  }
}
