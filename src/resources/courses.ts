import type { CallOptions } from '../api/context.js';
import type { ListParams } from '../api/parameters.js';
import type { ResourceApi } from '../api/resource-api.js';
import type { Paginated } from '../pagination/index.js';
import type { Course } from '../schemas/course.js';
import type { District } from '../schemas/district.js';
import type { ContentResource } from '../schemas/resource.js';
import type { School } from '../schemas/school.js';
import type { Section } from '../schemas/section.js';
import type { RequestOptions } from '../transport/index.js';

/**
 * The district's courses, which Clever builds from section data: their ids are not stable. Available as
 * `district.courses`.
 */
export class Courses {
  readonly #api: ResourceApi;

  /** @internal */
  constructor(api: ResourceApi) {
    this.#api = api;
  }

  /**
   * Lists the district's courses, ascending by id.
   *
   * Sends `GET /courses` and follows Clever's `next` links to the end. Lazy: nothing is sent until the
   * listing is read.
   *
   * @throws {@link CleverAuthenticationError} when the token is revoked.
   * @throws {@link CleverRateLimitError} when Clever asks for a wait longer than `maxRetryAfterMs`.
   */
  list(params?: ListParams): Paginated<Course> {
    return this.#api.list({ call: 'courses.list()', kind: 'course', path: '/courses' }, params);
  }

  /**
   * Reads one course. Sends `GET /courses/{id}`.
   *
   * @throws {@link CleverNotFoundError} when it does not exist or is not shared with the app.
   */
  get(id: string, options?: CallOptions): Promise<Course> {
    return this.#api.get({ call: 'courses.get()', kind: 'course', path: '/courses/{id}', id }, options);
  }

  /** Counts the district's courses. Sends `GET /courses?count=true`. */
  count(options?: RequestOptions): Promise<number> {
    return this.#api.count('courses.count()', '/courses', options);
  }

  /** Reads the district of a course. Sends `GET /courses/{id}/district`. */
  getDistrict(id: string, options?: CallOptions): Promise<District> {
    return this.#api.get(
      { call: 'courses.getDistrict()', kind: 'district', path: '/courses/{id}/district', id },
      options,
    );
  }

  /** Lists the resources assigned to a course. Sends `GET /courses/{id}/resources`. */
  listResources(id: string, params?: ListParams): Paginated<ContentResource> {
    return this.#api.list(
      { call: 'courses.listResources()', kind: 'resource', path: '/courses/{id}/resources', id },
      params,
    );
  }

  /** Lists the schools that offer a course. Sends `GET /courses/{id}/schools`. */
  listSchools(id: string, params?: ListParams): Paginated<School> {
    return this.#api.list({ call: 'courses.listSchools()', kind: 'school', path: '/courses/{id}/schools', id }, params);
  }

  /** Lists the sections of a course. Sends `GET /courses/{id}/sections`. */
  listSections(id: string, params?: ListParams): Paginated<Section> {
    return this.#api.list(
      { call: 'courses.listSections()', kind: 'section', path: '/courses/{id}/sections', id },
      params,
    );
  }
}
