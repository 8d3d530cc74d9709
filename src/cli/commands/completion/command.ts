import { Argument, Command } from 'commander';
import type { CommandIo } from '../../terminal/io.js';
import { completionsFor } from './complete.js';
import { COMPLETION_SCRIPTS, type Shell } from './scripts.js';

const HELP = `
Examples:
  $ clever-sdk completion bash >> ~/.bashrc
  $ clever-sdk completion zsh >> ~/.zshrc
  $ clever-sdk completion fish > ~/.config/fish/completions/clever-sdk.fish
  $ clever-sdk completion powershell >> $PROFILE`;

/** `clever-sdk completion`: the script that teaches a shell the commands. */
export function completionCommand(io: CommandIo): Command {
  return new Command('completion')
    .description('Print a script that completes commands and options in your shell')
    .addArgument(new Argument('<shell>', 'your shell').choices(['bash', 'zsh', 'fish', 'powershell']))
    .addHelpText('after', HELP)
    .action(async (shell: Shell) => {
      await io.out(COMPLETION_SCRIPTS[shell], 'data');
    });
}

/** `clever-sdk complete`: called by that script, not by people. */
export function completeCommand(io: CommandIo, program: () => Command): Command {
  return new Command('complete')
    .argument('[words...]')
    .option('--next', 'a new word begins after these')
    .action(async (words: string[], { next }: { next?: boolean }) => {
      await io.out(completionsFor(program(), next === true ? [...words, ''] : words), 'data');
    });
}
