import { REDACTED, showAs } from '../redaction/index.js';
import type { SensitiveStudentField } from '../values/index.js';
import { AppConnection, type DistrictAppToken } from './app-connection.js';
import { SandboxError } from './error.js';
import { districtScopes } from './oauth/scopes.js';
import type { DistrictConnection, ResolvedSource } from './sources.js';
import { MemoryStore } from './store/memory-store.js';
import type { RosterStore } from './store/store.js';

/** A district of the sandbox, as its user sees it. Printing it shows no token. */
export interface SandboxDistrict {
  /** Clever's id of the district. */
  readonly id: string;
  readonly name: string;
  /** How the district's people reach the app at the moment. */
  readonly connection: DistrictConnection;
  /**
   * The district-app token of the moment: 40 hexadecimal digits, the same for the same seed.
   *
   * @throws {@link SandboxError} when read of a district whose `connection` is `library`: it has none.
   */
  readonly token: string;
  /**
   * The district connects the app: a token that was never there before joins the token list, and logins are district logins.
   * Nothing happens when it is connected. That the token is a new one is inferred.
   */
  connect(): void;
  /**
   * The district disconnects the app. Inferred, because Clever does not say: the entry leaves the token list, the token is
   * answered with 401, and who logged in by the district reads neither the own record nor the district, both 404. From then on
   * `connection` is `library`. Nothing happens when it is not connected.
   */
  disconnect(): void;
  /**
   * Puts another district-app token in the place of the one that is there, which is answered with 401 from then on.
   *
   * @throws {@link SandboxError} when the district has no token.
   */
  rotateToken(): void;
}

/** A district as the server sees it. */
export interface District {
  readonly id: string;
  readonly name: string;
  readonly connection: DistrictConnection;
  readonly sensitiveFields: ReadonlySet<SensitiveStudentField>;
  readonly store: RosterStore;
  readonly app: AppConnection;
  /** The district-app token and what the token list says of it; `undefined` for a district that only the Library reaches. */
  readonly appToken: DistrictAppToken | undefined;
}

/** Makes a district from its source. */
export function makeDistrict(seed: number, source: ResolvedSource): District {
  const roster = source.makeRoster();
  const { id } = roster.district;
  const { connection, sensitiveFields } = source;
  const app = new AppConnection(seed, id, connection, districtScopes(sensitiveFields));
  return {
    id,
    name: typeof roster.district['name'] === 'string' ? roster.district['name'] : '',
    sensitiveFields,
    store: new MemoryStore(roster),
    app,
    get connection() {
      return app.kind;
    },
    get appToken() {
      return app.token;
    },
  };
}

/**
 * What the sandbox's user gets to see of a district.
 *
 * @param find - The district as it is now: `reset()` makes a new one under the same id.
 */
export function presentDistrict(find: () => District): SandboxDistrict {
  const { id, name } = find();
  const change = (how: (app: AppConnection) => void) => (): void => {
    how(find().app);
    describeToken();
  };
  const methods = {
    connect: change((app) => app.connect()),
    disconnect: change((app) => app.disconnect()),
    rotateToken: change((app) => {
      if (!app.rotateToken()) {
        throw new SandboxError(
          'This district did not connect the app, so there is no token to rotate. Connect it first.',
        );
      }
    }),
  };
  const presented = {} as SandboxDistrict;
  Object.defineProperties(presented, {
    id: { value: id, enumerable: true },
    name: { value: name, enumerable: true },
    connection: { get: () => find().connection, enumerable: true },
    ...Object.fromEntries(Object.entries(methods).map(([method, value]) => [method, { value }])),
  });
  describeToken();
  return showAs(presented, ({ connection }) => ({
    ...{ id, name, connection },
    ...(find().appToken === undefined ? {} : { token: REDACTED }),
  }));

  /** Copies of the district carry a token that is there, and do not stumble over one that is not. */
  function describeToken(): void {
    const enumerable = find().appToken !== undefined;
    Object.defineProperty(presented, 'token', { get: () => tokenOf(find()), enumerable, configurable: true });
  }
}

function tokenOf({ appToken }: District): string {
  if (appToken === undefined) {
    throw new SandboxError(
      "This district did not connect the app, so there is no district-app token: its teachers come through the Library. Use a district whose `connection` is 'district' or 'both', or `connect()` it.",
    );
  }
  return appToken.value;
}
