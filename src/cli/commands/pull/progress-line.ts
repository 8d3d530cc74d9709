import { duration } from '../../terminal/duration.js';

/** The state of a pull at one moment. */
export interface ProgressState {
  readonly label: string;
  readonly records: number;
  /** How many there will be; `undefined` if that is not known. */
  readonly total: number | undefined;
  /** Records that this run has read, and the time that it took, in milliseconds. */
  readonly read: number;
  readonly elapsedMs: number;
  /** Shown in place of the rate and the time left. */
  readonly note?: string | undefined;
  /** The width of the terminal. */
  readonly columns?: number | undefined;
}

const [LONGEST_BAR, SHORTEST_BAR] = [24, 8];
const number = new Intl.NumberFormat('en');

/** `users ━━━━────  40%  4,000 of 10,000 · 1,200/s · 5 s left`, on one line where it fits. */
export function progressLine({ label, records, total, read, elapsedMs, note, columns = 80 }: ProgressState): string {
  const perSecond = elapsedMs > 0 ? (read * 1_000) / elapsedMs : 0;
  const rate = perSecond === 0 ? [] : [`${number.format(Math.round(perSecond))}/s`];
  if (total === undefined || total < records) {
    return [`${label}  ${number.format(records)}`, ...(note === undefined ? rate : [note])].join(' · ');
  }
  const share = total === 0 ? 1 : records / total;
  const left = perSecond === 0 ? [] : [`${duration(((total - records) / perSecond) * 1_000)} left`];
  const percent = `${Math.floor(share * 100)}%`.padStart(4);
  const count = `${number.format(records)} of ${number.format(total)}`;
  const rest = [`${percent}  ${count}`, ...(note === undefined ? [...rate, ...left] : [note])].join(' · ');
  return `${label} ${barOf(share, columns - label.length - rest.length - 3)}${rest}`;
}

/** Draws the bar as long as the room allows; an empty text if there is too little room. */
function barOf(share: number, room: number): string {
  const length = Math.min(LONGEST_BAR, room);
  if (length < SHORTEST_BAR) {
    return '';
  }
  const filled = Math.round(share * length);
  return `${'━'.repeat(filled)}${'─'.repeat(length - filled)} `;
}
