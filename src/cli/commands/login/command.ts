import { Command } from 'commander';
import { settingsOption, wholeNumber, withCommonOptions } from '../../session/options.js';
import type { CommandIo } from '../../terminal/io.js';
import type { LoginCommandOptions } from './run.js';

const HELP = `
Needs CLEVER_CLIENT_ID, CLEVER_CLIENT_SECRET and a CLEVER_REDIRECT_URI on this machine that is registered at Clever
(default: http://localhost:3000/auth/clever/callback).`;

/** `clever-sdk login`: one login through the browser, and who it was. */
export function loginCommand(io: CommandIo): Command {
  const command = new Command('login')
    .description('Log in with Clever through your browser and show what an app would know')
    .addOption(settingsOption())
    .option('--district <id>', 'preselect a district: its Clever id')
    .option('--no-browser', 'only print the address to open')
    .option('--show-person', 'also show who logged in: id, name, e-mail address')
    .option('--timeout <seconds>', 'how long to wait for the login', wholeNumber(1, 86_400), 300)
    .addHelpText('after', HELP)
    .action(async (options: LoginCommandOptions) => {
      const { runLogin } = await import('./run.js');
      await runLogin(io, options);
    });
  return withCommonOptions(command);
}
