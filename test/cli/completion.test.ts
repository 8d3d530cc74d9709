import { describe, expect, it } from 'vitest';
import { runCommand } from './support.js';

/** The completions without their descriptions. */
async function offered(...argv: readonly string[]): Promise<string[]> {
  const { code, out, err } = await runCommand(['complete', ...argv]);
  expect([code, err]).toEqual([0, '']);
  return out.split('\n').flatMap((line) => (line === '' ? [] : [line.split('\t')[0] ?? '']));
}

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
    expect(out).toMatch(/clever-sdk complete (?:@next )?-- /u);
  });

  it.each([
    [['pu'], ['pull']],
    [['pull', 'se'], ['sections']],
    [
      ['pull', 'users', '--role', ''],
      ['student', 'teacher', 'staff', 'district_admin', 'contact'],
    ],
    [
      ['pull', 'users', '--fo'],
      ['--format', '--formulas'],
    ],
    [['login', '--se'], ['--settings']],
    [['doctor', '--api-version', 'v3.1'], ['v3.1']],
    [
      [''],
      ['sandbox', 'doctor', 'pull', 'events', 'record', 'sync', 'certify', 'export', 'validate', 'login', 'completion'],
    ],
    [
      ['export', 'oneroster', '--version', ''],
      ['1.1', '1.2'],
    ],
    [
      ['sync', ''],
      ['run', 'plan', 'approve', 'status', 'explain', 'watch', 'sql', 'purge'],
    ],
    [['sync', 'ru'], ['run']],
    [['sync', 'run', '--fu'], ['--full']],
    [
      ['sync', 'run', '--api-version', ''],
      ['v3.1', 'v3.0'],
    ],
    [['sync', 'run', '--database', ''], []],
    [['sync', 'run', ''], []],
    [['sandbox', ''], ['trigger']],
    [['sandbox', 'trigger', 'ren'], ['rename']],
    [['sandbox', 'trigger', 'unshare', '--sc'], ['--school']],
    [
      ['sandbox', 'trigger', 'pause', '--sync', ''],
      ['sis', 'app'],
    ],
    [['-'], ['--version', '--help']],
    // zsh and fish give one word, bash three.
    [
      ['pull', '--format='],
      ['--format=ndjson', '--format=csv'],
    ],
    [
      ['pull', '--format', '='],
      ['ndjson', 'csv'],
    ],
    [['pull', '--format', '=', 'c'], ['csv']],
    [['pull', '--format', 'csv', 'us'], ['users']],
    [['completion', 'f'], ['fish']],
    // Completed by the shell: file names, free text, and what cannot be completed.
    [['pull', 'users', '--out', ''], []],
    [['doctor', '--settings', ''], []],
    [['pull', 'users', ''], []],
    [['unheard', ''], []],
  ])('completes %j', async (words, wanted) => {
    expect(await offered('--', ...words)).toEqual(wanted);
  });

  it('describes each, and starts a new word for shells that drop empty ones', async () => {
    const { out } = await runCommand(['complete', '--', 'doc']);
    expect(out).toMatch(/^doctor\t\S.* .*\n$/u);
    expect(await offered('--next', '--', 'completion')).toEqual(['bash', 'zsh', 'fish', 'powershell']);
  });
});
