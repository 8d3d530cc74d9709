import { describe, expect, it } from 'vitest';
import { runCommand } from './support.js';

describe('clever-sdk completion', () => {
  it.each([
    ['bash', /complete .* clever-sdk/u],
    ['zsh', /^#compdef clever-sdk/u],
    ['fish', /complete -c clever-sdk/u],
    ['powershell', /Register-ArgumentCompleter/u],
  ])('prints a script for %s that asks the command itself', async (shell, script) => {
    const { code, out, err } = await runCommand(['completion', shell]);
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(script);
    expect(out).toMatch(/clever-sdk complete '?--'? /u);
  });

  it.each([
    [['pu'], ['pull']],
    [['pull', 'se'], ['sections']],
    [
      ['pull', 'users', '--role', ''],
      ['student', 'teacher', 'staff', 'district_admin', 'contact'],
    ],
    [['pull', 'users', '--fo'], ['--format']],
    [['doctor', '--api-version', 'v3.1'], ['v3.1']],
    [[''], ['sandbox', 'doctor', 'pull', 'events', 'login', 'completion']],
  ])('completes %j', async (words, wanted) => {
    const { code, out } = await runCommand(['complete', '--', ...words]);
    const offered = out.split('\n').flatMap((line) => (/^(?!:)(\S+)\t/u.exec(line)?.[1] ?? []) as string | never[]);
    expect([code, offered]).toEqual([0, wanted]);
  });
});
