import type { KnownRole } from '../../../values/index.js';
import type { SavedState } from '../state/state-schema.js';

/** Who is signed in to Clever in a browser. */
export interface Session {
  readonly districtId: string;
  readonly userId: string;
  /** The role that was picked, for people with several. */
  readonly role: KnownRole | undefined;
  /** By which connection the person came last, where the district offers both. */
  readonly connection: 'district' | 'library' | undefined;
}

/** Two hours (secondary: Clever documents no number). */
export const SESSION_LIFETIME_MS = 7_200_000;

/** Every browser in which somebody is signed in. The browser holds a random name of the session and nothing else. */
export class Sessions {
  readonly #sessions = new Map<string, { readonly session: Session; readonly expiresAt: number }>();
  readonly #clock: () => number;

  constructor(clock: () => number) {
    this.#clock = clock;
  }

  /** Begins a session, always under a new name, so that nobody can prepare one for somebody else. */
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

  /** For a state that is kept: those that have not ended. */
  save(): SavedState['sessions'] {
    return [...this.#sessions].flatMap(([name, { session, expiresAt }]) => {
      const { role = null, connection = null, ...who } = session;
      return this.find(name) === undefined ? [] : [{ name, ...who, role, connection, expiresAt }];
    });
  }

  /** Goes on from a state that was kept. */
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
