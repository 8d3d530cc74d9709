import { conceal } from '../redaction/index.js';
import type { SensitiveStudentField } from '../values/index.js';
import { SandboxError } from './error.js';
import { districtScopes } from './oauth/scopes.js';
import { Random } from './random.js';
import type { DistrictConnection, ResolvedSource } from './sources.js';
import { MemoryStore } from './store/memory-store.js';
import type { RosterStore } from './store/store.js';

/** A district of the sandbox, as its user sees it. Printing it shows no token. */
export interface SandboxDistrict {
  /** Clever's id of the district. */
  readonly id: string;
  readonly name: string;
  readonly connection: DistrictConnection;
  /**
   * The district-app token: 40 hexadecimal digits, the same for the same seed.
   *
   * @throws {@link SandboxError} when read of a district whose `connection` is `library`: it has none.
   */
  readonly token: string;
}

/** A district as the server sees it. */
export interface District {
  readonly id: string;
  readonly name: string;
  readonly connection: DistrictConnection;
  readonly sensitiveFields: ReadonlySet<SensitiveStudentField>;
  readonly store: RosterStore;
  /** The district-app token and what the token list says of it; `undefined` for a district that only the Library reaches. */
  readonly appToken: DistrictAppToken | undefined;
}

/** A district-app token with its entry in the token list. */
export interface DistrictAppToken {
  readonly id: string;
  readonly created: string;
  readonly value: string;
  readonly scopes: readonly string[];
}

/** Makes a district from its source. */
export function makeDistrict(seed: number, source: ResolvedSource): District {
  const roster = source.makeRoster();
  const { id } = roster.district;
  const { connection, sensitiveFields } = source;
  const random = new Random(seed, 'district-app token', id);
  const name = typeof roster.district['name'] === 'string' ? roster.district['name'] : '';
  const appToken: DistrictAppToken = {
    id: random.hex(24),
    created: '2026-06-23T21:56:32.335Z',
    value: random.hex(40),
    scopes: districtScopes(sensitiveFields),
  };
  return {
    id,
    name,
    connection,
    sensitiveFields,
    store: new MemoryStore(roster),
    appToken: connection === 'library' ? undefined : appToken,
  };
}

/** What the sandbox's user gets to see of a district. */
export function presentDistrict({ id, name, connection, appToken }: District): SandboxDistrict {
  if (appToken !== undefined) {
    return Object.freeze(conceal({ id, name, connection, token: appToken.value }, ['token']));
  }
  const district = { id, name, connection };
  Object.defineProperty(district, 'token', {
    enumerable: false,
    get: (): never => {
      throw new SandboxError(
        "This district did not connect the app, so there is no district-app token: its teachers come through the Library. Use a district whose `connection` is 'district' or 'both'.",
      );
    },
  });
  return Object.freeze(district) as unknown as SandboxDistrict;
}
