/** Tells how far a pull has come. */
export interface Progress {
  /** @param records - How many were written, those of an interrupted run included. */
  update(records: number): void;
  /** Leaves the terminal clean. */
  stop(): void;
}

/** What is known of a pull at one moment. */
export interface ProgressState {
  readonly label: string;
  readonly records: number;
  /** How many there will be, if that is known. */
  readonly total: number | undefined;
  /** Records that this run has read, and the time that it took, in milliseconds. */
  readonly read: number;
  readonly elapsedMs: number;
}

const BAR_LENGTH = 24;
const number = new Intl.NumberFormat('en');

/** A bar that moves on a terminal; nothing where there is none. */
export async function startProgress(
  stream: NodeJS.WriteStream | undefined,
  { label, total, before, now }: Pick<ProgressState, 'label' | 'total'> & { before: number; now: () => number },
): Promise<Progress> {
  if (stream === undefined) {
    return { update: () => undefined, stop: () => undefined };
  }
  const { createLogUpdate } = await import('log-update');
  // The cursor stays: a hidden one would have to be brought back after every kind of end.
  const draw = createLogUpdate(stream, { showCursor: true });
  const startedAt = now();
  const update = (records: number): void => {
    draw(progressLine({ label, records, total, read: records - before, elapsedMs: now() - startedAt }));
  };
  update(before);
  return { update, stop: () => draw.clear() };
}

/** `users ━━━━────  40%  4,000 of 10,000 · 1,200/s · 5 s left` */
export function progressLine({ label, records, total, read, elapsedMs }: ProgressState): string {
  const perSecond = elapsedMs > 0 ? (read * 1_000) / elapsedMs : 0;
  const rate = perSecond === 0 ? [] : [`${number.format(Math.round(perSecond))}/s`];
  if (total === undefined || total < records) {
    return [`${label}  ${number.format(records)}`, ...rate].join(' · ');
  }
  const share = total === 0 ? 1 : records / total;
  const filled = Math.round(share * BAR_LENGTH);
  const bar = '━'.repeat(filled) + '─'.repeat(BAR_LENGTH - filled);
  const left = perSecond === 0 ? [] : [`${duration(((total - records) / perSecond) * 1_000)} left`];
  const percent = `${Math.floor(share * 100)}%`.padStart(4);
  return [`${label} ${bar} ${percent}  ${number.format(records)} of ${number.format(total)}`, ...rate, ...left].join(
    ' · ',
  );
}

/** `5 s`, `2 min 10 s`, `1 h 4 min`. */
export function duration(milliseconds: number): string {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1_000));
  const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60];
  if (hours > 0) {
    return `${hours} h ${minutes} min`;
  }
  return minutes > 0 ? `${minutes} min ${seconds % 60} s` : `${seconds} s`;
}
