/** What the dashboard says after an action, by the code in its address. */
const NOTICES = {
  'fault-added': 'The fault is set. It happens at the next request that it applies to.',
  'faults-cleared': 'All faults were removed.',
  'requests-cleared': 'The list of requests was cleared.',
  'clock-moved':
    'The clock of the sandbox was set forward, so codes, tokens and rate limits have aged. The clock of your app did not change.',
  reset: 'The sandbox was reset: rosters, tokens, sessions, faults and the clock are in their initial state.',
  connected: 'The district connected the app and has a new token.',
  disconnected: 'The district disconnected the app. Its token no longer works.',
  rotated: 'The district has a new token. The previous token no longer works.',
  paused: 'The district is paused. The app continues to see it as it is now, and no later changes.',
  resumed: 'The district is no longer paused. The app now sees what changed during the pause.',
  changed: 'Done.',
  impossible: 'Nothing was changed: the district has no record that this could apply to.',
  unknown: 'Nothing was changed: the sandbox does not recognize your choice. It may have been reset.',
} as const;

/** The code of a notice. */
export type Notice = keyof typeof NOTICES;

/**
 * Returns the sentence of a code, with the number of events that a change has written; `undefined` for an
 * unknown code.
 */
export function noticeOf(code: string | undefined, events: string | undefined): string | undefined {
  const text = code !== undefined && Object.hasOwn(NOTICES, code) ? NOTICES[code as Notice] : undefined;
  if (text === undefined || events === undefined || !/^\d{1,7}$/u.test(events)) {
    return text;
  }
  const count = Number(events);
  return `${text} ${count === 0 ? 'No event was written' : count === 1 ? 'One event was written' : `${count} events were written`}.`;
}
