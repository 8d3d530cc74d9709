/** A line that a run prints. */
export interface OutputLine {
  /** `event`: what the client reports; `result`: how the run ended. */
  readonly kind: 'log' | 'event' | 'error' | 'result';
  readonly text: string;
}

/** Receives each line as soon as it is printed. */
export type Print = (line: OutputLine) => void;
