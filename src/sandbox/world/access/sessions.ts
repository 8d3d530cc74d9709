import type { KnownRole } from '../../../values/index.js';
import type { SavedState } from '../state/state-schema.js';

/** The person who is signed in to Clever in a browser. */
export interface Session {
  readonly districtId: string;
  readonly userId: string;
  /** The role that a person with several roles picked. */
  readonly role: KnownRole | undefined;
  /** The connection that the person used last, if the district offers both. */
  readonly connection: 'district' | 'library' | undefined;
}

/** Two hours (secondary: Clever documents no number). */
export const SESSION_LIFETIME_MS = 7_200_000;

/** The sessions of all browsers with a signed-in person. The browser stores only a random session name. */
export class Sessions {
  readonly #sessions = new Map<string, { readonly session: Session; readonly expiresAt: number }>();
  readonly #clock: () => number;

  constructor(clock: () => number) {
    this.#clock = clock;
  }

  /** Begins a session, always with a new name, so that a session cannot be prepared for another person. */
  begin(session: Session): string {
    const now = this.#clock();
    for (const [name, { expiresAt }] of this.#sessions) {
      if (expiresAt <= now) {
        this.#sessions.delete(name);
      }
    }
    const name = crypto.randomUUID();
    this.#sessions.set(name, { session, expiresAt: now + SESSION_LIFETIME_MS });
    return name;
  }

  find(name: string): Session | undefined {
    const found = this.#sessions.get(name);
    return found !== undefined && this.#clock() < found.expiresAt ? found.session : undefined;
  }

  /** Returns the sessions that have not ended, for a saved state. */
  save(): SavedState['sessions'] {
    return [...this.#sessions].flatMap(([name, { session, expiresAt }]) => {
      const { role = null, connection = null, ...who } = session;
      return this.find(name) === undefined ? [] : [{ name, ...who, role, connection, expiresAt }];
    });
  }

  /** Continues from a saved state. */
  load(saved: SavedState['sessions']): void {
    for (const { name, expiresAt, role, connection, ...who } of saved) {
      const session = { ...who, role: role ?? undefined, connection: connection ?? undefined };
      this.#sessions.set(name, { session, expiresAt });
    }
  }

  end(name: string): void {
    this.#sessions.delete(name);
  }
}
