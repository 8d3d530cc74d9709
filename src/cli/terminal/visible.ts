import { visible, visibleText } from '../../util/visible.js';
import type { CommandIo, OutputForm } from './io.js';
import { wrapped } from './wrap.js';

export { visible, visibleText };

/** JSON whose texts hold nothing unseen. A program reads the same values from it: `\u202e` is JSON's own spelling. */
export function visibleJson(value: unknown, indent?: number): string {
  return visibleText(JSON.stringify(value, undefined, indent));
}

/**
 * The streams of a command, on which nothing unseen reaches a terminal, whatever a command writes. {@link visible} in
 * the commands keeps values on their own line; this catches what a command forgets.
 */
export function visibleIo(io: CommandIo): CommandIo {
  return {
    ...io,
    out: (text, form = 'text') => {
      const isExact = form === 'painted' || (form === 'data' && !io.terminal.showsOutput);
      return io.out(isExact ? text : shown(text, form, io.terminal.columns), form);
    },
    err: (text) => io.err(wrapped(visibleText(text), io.terminal.errorColumns)),
  };
}

/** Data has lines of its own, of any length. */
function shown(text: string, form: OutputForm, columns: number | undefined): string {
  return form === 'data' ? visibleText(text) : wrapped(visibleText(text), columns);
}
