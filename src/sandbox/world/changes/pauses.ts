import { assertKnownKeys } from '../../roster/checks.js';
import { SandboxError } from '../../roster/error.js';
import type { SavedDistrict } from '../state/state-schema.js';
import { Draft } from './draft.js';
import type { ChangeWithEvent, PausedSync, SharedRoster } from './shared-roster.js';

/** Options of {@link SandboxDistrict.pause}. */
export interface PauseOptions {
  /**
   * What is paused. Default `'sis'`, Clever's *SIS sync pause*: no data goes from the district to Clever.
   * `'app'`, Clever's *App Sync Pause*: no data goes from Clever to the app.
   */
  readonly sync?: PausedSync;
  /**
   * When the pause ends by itself, by the sandbox's clock; the `pause_end` of a SIS sync pause. Default:
   * never.
   */
  readonly endsAt?: Date;
}

const SYNCS: readonly unknown[] = ['sis', 'app'] satisfies PausedSync[];

/** The pauses of one district. */
export class Pauses {
  readonly #district: string;
  readonly #roster: SharedRoster;
  readonly #clock: () => number;
  readonly #endsAt = new Map<PausedSync, number>();

  constructor(district: string, roster: SharedRoster, clock: () => number) {
    this.#district = district;
    this.#roster = roster;
    this.#clock = clock;
  }

  pause(options: PauseOptions = {}): ChangeWithEvent[] {
    assertKnownKeys('`pause()`', options, ['sync', 'endsAt']);
    const { sync = 'sis', endsAt } = options;
    assertSync(sync);
    if (endsAt !== undefined && !(endsAt instanceof Date && endsAt.getTime() > this.#clock())) {
      throw new SandboxError("`endsAt` must be a `Date` in the future, by the sandbox's clock.");
    }
    if (this.#roster.paused.has(sync)) {
      return [];
    }
    if (endsAt !== undefined) {
      this.#endsAt.set(sync, endsAt.getTime());
    }
    this.#roster.pause(sync);
    return sync === 'sis' ? this.#putState({ state: 'paused', ...this.#dates(endsAt) }) : [];
  }

  /** @param sync - Default: every paused sync. */
  resume(sync?: PausedSync): ChangeWithEvent[] {
    if (sync !== undefined) {
      assertSync(sync);
    }
    const resumed = [...this.#roster.paused].filter((paused) => sync === undefined || paused === sync);
    for (const paused of resumed) {
      this.#endsAt.delete(paused);
      this.#roster.resume(paused);
    }
    return resumed.includes('sis') ? this.#putState({ state: 'running' }) : this.#roster.commit([]);
  }

  /** Ends the pauses whose end has passed. */
  settle(): void {
    for (const [sync, endsAt] of this.#endsAt) {
      if (endsAt <= this.#clock()) {
        this.resume(sync);
      }
    }
  }

  /** Returns what a saved state needs. */
  save(): SavedDistrict['pauses'] {
    return [...this.#endsAt].map(([sync, endsAt]) => ({ sync, endsAt }));
  }

  /** Continues from a saved state. */
  load(saved: SavedDistrict['pauses']): void {
    for (const { sync, endsAt } of saved) {
      this.#endsAt.set(sync, endsAt);
    }
  }

  #dates(endsAt: Date | undefined): object {
    const end = endsAt === undefined ? {} : { pause_end: endsAt.toISOString() };
    return { pause_start: new Date(this.#clock()).toISOString(), ...end };
  }

  #putState(state: object): ChangeWithEvent[] {
    const draft = new Draft(this.#roster.own, new Date(this.#clock()).toISOString());
    const {
      pause_start: _,
      pause_end: __,
      ...record
    } = draft.get('districts', this.#district) ?? { id: this.#district };
    draft.put('districts', { ...record, ...state });
    return this.#roster.commit(draft.changes());
  }
}

function assertSync(sync: unknown): void {
  if (!SYNCS.includes(sync)) {
    throw new SandboxError("`sync` must be `'sis'` (the default) or `'app'`.");
  }
}
