/** What the dashboard says after something was done, by the code that stands in its address. */
const NOTICES = {
  'fault-added': 'The fault is set. It waits for a request that it is for.',
  'faults-cleared': 'All faults are removed.',
  'requests-cleared': 'The requests so far are forgotten.',
  'clock-moved':
    'The clock of the sandbox is ahead. Codes, tokens and rate limits have aged; the clock of your app has not.',
  reset: 'Everything is as at the beginning: rosters, tokens, sessions, faults and the clock.',
  connected: 'The district has connected the app, and has a new token.',
  disconnected: 'The district has disconnected the app: its token is worthless.',
  rotated: 'The district has a new token. The one from before is worthless.',
  paused: 'The district is paused: the app sees it as it is now, whatever changes.',
  resumed: 'The district is no longer paused. What had changed has arrived.',
  changed: 'Done.',
  impossible: 'Nothing was changed: the district has nothing left that this could happen to.',
  unknown: 'Nothing was changed: the sandbox does not know what you chose. It may have been reset.',
} as const;

/** A code of a notice. */
export type Notice = keyof typeof NOTICES;

/** The sentence of a code, with the number of events that a change has written; `undefined` for codes that do not exist. */
export function noticeOf(code: string | undefined, events: string | undefined): string | undefined {
  const text = code !== undefined && Object.hasOwn(NOTICES, code) ? NOTICES[code as Notice] : undefined;
  if (text === undefined || events === undefined || !/^\d{1,7}$/u.test(events)) {
    return text;
  }
  const count = Number(events);
  return `${text} ${count === 0 ? 'No event was written' : count === 1 ? 'One event was written' : `${count} events were written`}.`;
}
