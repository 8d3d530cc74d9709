/**
 * Whether Clever produces events for the app: opt-in per app, for all connected districts at once. Source:
 * dev.clever.com/docs/events-api.
 */
export interface SandboxEvents {
  readonly isEnabled: boolean;
  /** Switches events on: what changes from now on is told. */
  enable(): void;
  /**
   * Switches events off: what changes from now on is never told, also not after they are on again. Inferred: earlier events can be
   * read as long as they are kept.
   */
  disable(): void;
}

/** The switch of one app. */
export class EventSwitch {
  isOn: boolean;

  constructor(isOn: boolean) {
    this.isOn = isOn;
  }
}

/** What the user sees of the switch, which a reset of the sandbox replaces. */
export function presentSwitch(find: () => EventSwitch): SandboxEvents {
  const turn = (isOn: boolean) => (): void => {
    find().isOn = isOn;
  };
  return Object.freeze({
    get isEnabled() {
      return find().isOn;
    },
    enable: turn(true),
    disable: turn(false),
  });
}
