import { EXIT } from '../../session/exit-codes.js';
import { CommandFailure } from '../../session/failure.js';
import type { CommandIo } from '../../terminal/io.js';

/**
 * Returns who approves: `--by`, or else the user's name.
 *
 * @throws {@link CommandFailure} when there is neither.
 */
export function approverOf(io: CommandIo, options: { readonly by?: string }): string {
  const by = options.by ?? io.env['USER'] ?? io.env['USERNAME'];
  if (by === undefined || by === '') {
    throw new CommandFailure('the environment has no user name: say with --by <name> who approves plans.', EXIT.usage);
  }
  return by;
}
