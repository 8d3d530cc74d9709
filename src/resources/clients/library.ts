import type { CallOptions, ClientContext } from '../../api/context.js';
import { Identity } from '../../api/identity.js';
import { ResourceApi } from '../../api/resource-api.js';
import type { Paginated } from '../../pagination/index.js';
import { defineInspect } from '../../privacy/index.js';
import type { LibrarySection, LibraryStudent, LibraryTeacher } from '../../schemas/library.js';
import type { Me } from '../../schemas/me.js';
import type { Userinfo } from '../../schemas/userinfo.js';
import { lazily } from '../../util/lazily.js';
import type { Classroom } from './classroom.js';

const loadClassroom = /* @__PURE__ */ lazily(() => import('./classroom.js'));

/**
 * Reads what a Clever Library token gives access to: the teacher, the teacher's sections and the students
 * in them, with the few fields of the Library. Created by `clever.library({ token })`. Clever offers no
 * paging to user tokens, so no call takes paging options.
 *
 * A Library token expires (within a day or less; Clever does not document it), so read the classroom at login.
 *
 * Source: dev.clever.com/docs/clever-library-rostering. The v3 paths are inferred from v2's, which apps in
 * production use.
 */
export class LibraryClient {
  readonly #api: ResourceApi;
  readonly #identity: Identity;

  /** @internal */
  constructor(context: ClientContext) {
    this.#api = new ResourceApi(context);
    this.#identity = new Identity(this.#api);
    defineInspect(this, () => ({
      client: 'library',
      apiOrigin: context.transport.origin,
      apiVersion: context.apiVersion,
    }));
    Object.freeze(this);
  }

  /** Reads whose token this is, as Clever sends it; a Library login names no district. Sends `GET /{version}/me`. */
  me(options?: CallOptions): Promise<Me> {
    return this.#identity.me(options);
  }

  /** Reads the OpenID Connect claims about the person. Sends `GET /userinfo`. */
  userinfo(options?: CallOptions): Promise<Userinfo> {
    return this.#identity.userinfo(options);
  }

  /** Reads the signed-in teacher's own record. Sends `GET /users/{id}`. */
  getTeacher(id: string, options?: CallOptions): Promise<LibraryTeacher> {
    return this.#api.get({ call: 'getTeacher()', kind: 'libraryTeacher', path: '/users/{id}', id }, options);
  }

  /** Lists all of the teacher's sections. Sends `GET /users/{id}/sections`. */
  listSections(teacherId: string, options?: CallOptions): Paginated<LibrarySection> {
    return this.#api.list(
      { call: 'listSections()', kind: 'librarySection', path: '/users/{id}/sections', id: teacherId },
      options,
    );
  }

  /** Lists the people of one of the teacher's sections, including co-teachers. Sends `GET /sections/{id}/users`. */
  listSectionUsers(sectionId: string, options?: CallOptions): Paginated<LibraryStudent> {
    return this.#api.list(
      { call: 'listSectionUsers()', kind: 'libraryStudent', path: '/sections/{id}/users', id: sectionId },
      options,
    );
  }

  /**
   * Reads the teacher, the teacher's sections and their students, which a Library app provisions at each login.
   *
   * Sends `GET /me`, `GET /users/{id}`, `GET /users/{id}/sections` and one `GET /sections/{id}/users` per
   * section, four at a time.
   *
   * @throws {@link CleverConfigError} when the token is a student's: only a teacher has a classroom to share.
   * @throws {@link CleverAuthenticationError} when the token has expired: send the teacher through the login again.
   */
  async classroom(options: CallOptions = {}): Promise<Classroom> {
    const { readClassroom } = await loadClassroom();
    return readClassroom(this, await this.#identity.me(options, 'classroom()'), options);
  }
}
