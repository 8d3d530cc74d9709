import type { KnownRole } from '../../values/index.js';

/** A person of the sandbox, who can log in. Printing this shows neither id nor name. */
export interface SandboxPerson {
  /** Clever's id. */
  readonly id: string;
  readonly name: { readonly first?: string | null; readonly middle?: string | null; readonly last?: string | null };
  readonly email: string | undefined;
  /** The role that was requested, otherwise the one that the person logs in with. */
  readonly role: KnownRole;
  /** All roles. */
  readonly roles: readonly KnownRole[];
  readonly districtId: string;
  /** Number of the person's sections. */
  readonly sectionCount: number;
  /**
   * Returns an address that logs the person in with `role`, without a page to choose a person on: for the browser of
   * a test. It contains the person's id.
   *
   * @param entrance - Where the login begins: the path of a page of Clever's, such as `/library/install` (which
   * installs the app and opens it) or `/oauth/instant-login`; or the address to which your app sends people who log
   * in, `…/oauth/authorize?…`. Default: the app's icon in the portal, `/portal/app`, which leads to the app's primary
   * redirect URI.
   * @throws {@link SandboxError} for an address that begins no login.
   *
   * @example
   * ```ts
   * import { createSandbox } from 'clever-sdk/sandbox';
   *
   * const sandbox = await createSandbox().listen();
   * const [teacher] = sandbox.people({ role: 'teacher' });
   * console.log(teacher?.loginUrl()); // open it in a browser: the teacher arrives at the app
   * ```
   */
  loginUrl(entrance?: string | URL): string;
}
