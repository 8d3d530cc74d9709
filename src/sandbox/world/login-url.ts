import { SandboxError } from '../roster/error.js';
import { ENTRANCES } from './entrances.js';
import type { SandboxPerson } from './sandbox-person.js';

/** What the links into a sandbox depend on. */
export interface LinksToSandbox {
  /** Returns the origin of the login pages at present. */
  readonly origin: () => string;
  readonly clientId: string;
}

/** What is known of a person without links. */
export type PersonWithoutLinks = Omit<SandboxPerson, 'loginUrl'>;

/**
 * Adds `loginUrl` to a person. It is not enumerable, so that a copy of the person is plain data.
 *
 * @param connection - The connection by which the person was looked for.
 */
export function withLoginUrl(
  person: PersonWithoutLinks,
  links: LinksToSandbox,
  connection: 'district' | 'library' | undefined,
): SandboxPerson {
  const loginUrl = (entrance: string | URL = '/portal/app'): string =>
    makeLoginUrl(person, links, connection, entrance);
  return Object.freeze(Object.defineProperty(person, 'loginUrl', { value: loginUrl })) as SandboxPerson;
}

function makeLoginUrl(
  { id, role, districtId }: PersonWithoutLinks,
  { origin, clientId }: LinksToSandbox,
  connection: 'district' | 'library' | undefined,
  entrance: string | URL,
): string {
  const url = URL.canParse(entrance, origin()) ? new URL(entrance, origin()) : undefined;
  if (url === undefined || !(ENTRANCES.includes(url.pathname) || /^\/in\/[^/]+$/u.test(url.pathname))) {
    throw new SandboxError(
      `\`loginUrl()\` takes an address at Clever at which a login begins: ${ENTRANCES.join(', ')} or /in/<district>.`,
    );
  }
  const { searchParams } = url;
  if (url.pathname === '/oauth/instant-login' && searchParams.size === 0) {
    searchParams.set('client_id', clientId);
    searchParams.set('district_id', districtId);
  }
  searchParams.set('sandbox_user', id);
  searchParams.set('sandbox_role', role);
  if (connection !== undefined && !searchParams.has('sandbox_connection')) {
    searchParams.set('sandbox_connection', connection);
  }
  return url.href;
}
