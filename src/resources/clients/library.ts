import type { CallOptions, ClientContext } from '../../api/context.js';
import { Identity } from '../../api/identity.js';
import { ResourceApi } from '../../api/resource-api.js';
import type { Paginated } from '../../pagination/index.js';
import { defineInspect } from '../../privacy/index.js';
import type { LibrarySection, LibraryStudent, LibraryTeacher } from '../../schemas/library.js';
import type { Me } from '../../schemas/me.js';
import type { Userinfo } from '../../schemas/userinfo.js';

/** A section of a {@link Classroom} with its students. */
export interface ClassroomSection extends Omit<LibrarySection, 'students'> {
  /** The students themselves; Clever's list of their ids is replaced by them. */
  readonly students: readonly LibraryStudent[];
}

/** All that a teacher shares with a Library app: what to provision at each login. Printing it shows numbers, not people. */
export interface Classroom {
  readonly teacher: LibraryTeacher;
  /** The teacher's sections. Empty for a teacher without any, which is nothing unusual. */
  readonly sections: readonly ClassroomSection[];
  /** Every student of any section, once, in the order of first appearance. */
  readonly students: readonly LibraryStudent[];
}

/**
 * What a Clever Library token sees: the teacher, the teacher's sections and the students in them, in Library's few
 * fields. Made by `clever.library({ token })`. Clever offers no paging to user tokens, so no call takes paging options.
 *
 * A Library token expires (within a day or less; Clever does not say): read the classroom at login.
 *
 * Source: dev.clever.com/docs/clever-library-rostering. The v3 paths are inferred from v2's, which apps in production use.
 */
export class LibraryClient {
  readonly #api: ResourceApi;
  readonly #identity: Identity;

  /** @internal */
  constructor(context: ClientContext) {
    this.#api = new ResourceApi(context);
    this.#identity = new Identity(this.#api);
    defineInspect(this, () => ({
      scopeSet: 'library',
      apiOrigin: context.transport.origin,
      apiVersion: context.apiVersion,
    }));
    Object.freeze(this);
  }

  /** Whose token this is, as Clever sends it; a Library login names no district. Sends `GET /{version}/me`. */
  me(options?: CallOptions): Promise<Me> {
    return this.#identity.me(options);
  }

  /** The OpenID Connect view of the person. Sends `GET /userinfo`. */
  userinfo(options?: CallOptions): Promise<Userinfo> {
    return this.#identity.userinfo(options);
  }

  /** The signed-in teacher's own record. Sends `GET /users/{id}`. */
  getTeacher(id: string, options?: CallOptions): Promise<LibraryTeacher> {
    return this.#api.get({ call: 'getTeacher()', kind: 'libraryTeacher', path: '/users/{id}', id }, options);
  }

  /** The teacher's sections, all of them. Sends `GET /users/{id}/sections`. */
  listSections(teacherId: string, options?: CallOptions): Paginated<LibrarySection> {
    return this.#api.list(
      { call: 'listSections()', kind: 'librarySection', path: '/users/{id}/sections', id: teacherId },
      options,
    );
  }

  /** The people of one of the teacher's sections, co-teachers included. Sends `GET /sections/{id}/users`. */
  listSectionUsers(sectionId: string, options?: CallOptions): Paginated<LibraryStudent> {
    return this.#api.list(
      { call: 'listSectionUsers()', kind: 'libraryStudent', path: '/sections/{id}/users', id: sectionId },
      options,
    );
  }

  /**
   * The teacher, the teacher's sections and their students: what a Library app provisions at each login.
   *
   * Sends `GET /me`, `GET /users/{id}`, `GET /users/{id}/sections` and one `GET /sections/{id}/users` per section, four
   * at a time.
   *
   * @throws {@link CleverConfigError} when the token is a student's: only a teacher has a classroom to share.
   * @throws {@link CleverAuthenticationError} when the token has expired: send the teacher through the login again.
   */
  async classroom(options: CallOptions = {}): Promise<Classroom> {
    const { readClassroom } = await import('./classroom.js');
    return await readClassroom(this, options);
  }
}
