import { SandboxError } from '../../roster/error.js';

/** Where an app on this machine often receives logins. Registered when the options name no redirect URI. */
const DEFAULT = 'http://localhost:3000/auth/clever/callback';

/** Whether a text can be a redirect URI: an absolute URI without a fragment (RFC 6749, section 3.1.2). */
export function isRedirectUri(text: unknown): text is string {
  return typeof text === 'string' && URL.canParse(text) && !text.includes('#');
}

/** The redirect URIs that the app has registered. */
export class RedirectUris {
  readonly #given: readonly string[];
  #registered: readonly string[] = [];

  /** @param given - Those of the options, the primary one first. Empty: the default. */
  constructor(given: readonly string[]) {
    this.#given = given;
  }

  /** All of them, the primary one first. */
  get all(): readonly [string, ...string[]] {
    const named = [...this.#given, ...this.#registered];
    // The default is the last, because the user did not ask for it: the first that is registered is the primary one.
    const [primary = DEFAULT, ...others] = new Set([...named, ...(this.#given.length === 0 ? [DEFAULT] : [])]);
    return [primary, ...others];
  }

  /** The one that the portal, the Library and Instant Login use. */
  get primary(): string {
    return this.all[0];
  }

  /**
   * Adds a redirect URI, if it is not one of them.
   *
   * @throws {@link SandboxError} for a text that is no absolute URI.
   */
  register(uri: string): void {
    if (!isRedirectUri(uri)) {
      throw new SandboxError('A redirect URI must be an absolute URI without a fragment, as the app sends it.');
    }
    this.#registered = [...new Set([...this.#registered, uri])];
  }

  /** Returns those that were registered since the start, for a saved state. */
  save(): string[] {
    return [...this.#registered];
  }

  /** Continues from a saved state. */
  load(saved: readonly string[]): void {
    for (const uri of saved) {
      this.register(uri);
    }
  }
}
