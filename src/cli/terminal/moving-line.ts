import { clearLine, cursorTo } from 'node:readline';
import { visible } from './visible.js';

/** A line at the end of a terminal that is drawn again and again in its own place. */
export interface MovingLine {
  /** The width of the terminal, which may change. */
  columns(): number;
  /** Draws the text, cut where the terminal ends: a second row would not be cleared by the next drawing. */
  draw(text: string): void;
  /** Leaves the row empty, with the cursor at its start. */
  clear(): void;
}

/** The cursor stays visible: a hidden one would have to be brought back after every kind of end. */
export function movingLine(stream: NodeJS.WriteStream): MovingLine {
  // A terminal that does not know its width says 0.
  const columns = (): number => stream.columns || 80;
  const clear = (): void => {
    cursorTo(stream, 0);
    clearLine(stream, 0);
  };
  return {
    columns,
    clear,
    draw: (drawn) => {
      const text = visible(drawn);
      clear();
      stream.write(text.length < columns() ? text : `${text.slice(0, Math.max(0, columns() - 2))}…`);
    },
  };
}
