/**
 * Whether Clever produces events for the app. Each app opts in, for all connected districts together.
 * Source: dev.clever.com/docs/events-api.
 */
export interface SandboxEvents {
  readonly isEnabled: boolean;
  /** Switches events on: changes from now on are written as events. */
  enable(): void;
  /**
   * Switches events off: changes from now on never get an event, even after events are on again. Inferred:
   * earlier events can be read until they expire.
   */
  disable(): void;
}

/** The event switch of one app. */
export class EventSwitch {
  isOn: boolean;

  constructor(isOn: boolean) {
    this.isOn = isOn;
  }
}

/** Returns the developer's view of the switch, which a reset of the sandbox replaces. */
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
