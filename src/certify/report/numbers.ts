const NUMBER = new Intl.NumberFormat('en');

/** `12,345` */
export function count(value: number): string {
  return NUMBER.format(value);
}

/** `1 probe`, `12,345 probes` */
export function plural(value: number, noun: string): string {
  return `${count(value)} ${noun}${value === 1 ? '' : 's'}`;
}

/** `40 ms`, `1.4 s`, `3 min 20 s` */
export function duration(milliseconds: number): string {
  const seconds = milliseconds / 1_000;
  if (seconds < 1) {
    return `${Math.round(milliseconds)} ms`;
  }
  return seconds < 60 ? `${seconds.toFixed(1)} s` : `${Math.floor(seconds / 60)} min ${Math.floor(seconds % 60)} s`;
}

/** `1 probe was`, `3 probes were` */
export function were(value: number, noun: string): string {
  return `${plural(value, noun)} ${value === 1 ? 'was' : 'were'}`;
}
