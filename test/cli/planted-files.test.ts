import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  linkSync,
  lstatSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { FetchFunction } from 'clever-sdk';
import { describe, expect, onTestFinished, vi } from 'vitest';
import { environmentOf, folderFor, it, type Outcome, runCommand } from './support.js';

/* In a shared folder, another user can put a file or a link under a name that a command will read or write. */

/** Turns a command's own file into one that another user may have put there. */
type Plant = (file: string) => void;

const PLANTED: readonly (readonly [what: string, why: string, plant: Plant])[] = [
  [
    'a link',
    'it is a link',
    (file) => {
      renameSync(file, `${file}.target`);
      symlinkSync(`${file}.target`, file);
    },
  ],
  ['a file with two names', 'another name', (file) => linkSync(file, `${file}.second`)],
  ['a file that others may read', 'mode 644', (file) => chmodSync(file, 0o644)],
  ['a file that others may write', 'mode 620', (file) => chmodSync(file, 0o620)],
  ['a file with a set-user-id bit', 'mode 4600', (file) => chmodSync(file, 0o4600)],
  [
    'a named pipe',
    'no regular file',
    (file) => {
      rmSync(file);
      execFileSync('mkfifo', ['-m', '600', file]);
    },
  ],
  [
    'a file of another user',
    'another user',
    (file) => {
      const { uid } = lstatSync(file);
      const spy = vi.spyOn(process, 'geteuid').mockReturnValue(uid + 1);
      onTestFinished(() => spy.mockRestore());
    },
  ],
];

/** Lets two pages through; every later request for one fails for good. */
function twoPages(): FetchFunction {
  let asked = 0;
  return (url, init) => {
    asked += new URL(url).searchParams.has('limit') ? 1 : 0;
    return asked > 2 ? Promise.resolve(new Response('{}', { status: 400 })) : fetch(url, init);
  };
}

const itAfterTwoPages = it
  .extend('env', ({ sandbox }) => environmentOf(sandbox, 'token'))
  .extend('file', async ({ env }) => {
    const file = join(folderFor(), 'users.ndjson');
    await runCommand(['pull', 'users', '--page-size', '20', '--out', file], { env, fetch: twoPages() });
    return file;
  });

/** Expects the refusal, and that neither the file nor what it leads to was changed. */
async function expectRefusal(file: string, why: string, command: () => Promise<Outcome>): Promise<void> {
  const isReadable = lstatSync(file).isFile() || lstatSync(file).isSymbolicLink();
  const before = isReadable ? readFileSync(file, 'utf8') : undefined;
  const { code, out, err } = await command();
  expect([code, out]).toEqual([2, '']);
  expect(err).toContain(`${file} is not used`);
  expect(err).toContain(why);
  expect(isReadable ? readFileSync(file, 'utf8') : undefined).toBe(before);
}

describe.each(PLANTED)('%s is refused', (_, why, plant) => {
  itAfterTwoPages.for(['checkpoint', 'partial'])('pull --resume: .%s', async (ending, { env, file }) => {
    plant(`${file}.${ending}`);
    // A check of the owner refuses the checkpoint first.
    const refused = why === 'another user' ? `${file}.checkpoint` : `${file}.${ending}`;
    await expectRefusal(refused, why, () => runCommand(['pull', 'users', '--out', file, '--resume'], { env }));
    expect(existsSync(file)).toBe(false);
  });

  it('events --checkpoint', async ({ sandbox }) => {
    const file = join(folderFor(), 'events.json');
    writeFileSync(file, JSON.stringify({ version: 1, after: '0'.repeat(24) }), { mode: 0o600 });
    plant(file);
    const env = environmentOf(sandbox, 'token');
    await expectRefusal(file, why, () => runCommand(['events', '--checkpoint', file], { env }));
  });

  it('sandbox --state', async () => {
    const file = join(folderFor(), 'sandbox.json');
    const argv = ['sandbox', '--port', '0', '--students', '20', '--state', file];
    await runCommand(argv, { onOut: (_, stop) => stop() });
    plant(file);
    await expectRefusal(file, why, () => runCommand(argv, { onOut: (_, stop) => stop() }));
  });
});

describe('nothing is written through a link', () => {
  itAfterTwoPages.for(['to a file', 'to nothing'])(
    '--out that is a link %s is refused before anything is sent',
    async (where, { env }) => {
      const folder = folderFor();
      const [precious, file] = [join(folder, 'precious'), join(folder, 'users.ndjson')];
      if (where === 'to a file') {
        writeFileSync(precious, 'precious');
      }
      symlinkSync(precious, file);
      const sent: string[] = [];
      const { code, err } = await runCommand(['pull', 'users', '--out', file], {
        env,
        fetch: (url, init) => {
          sent.push(url.toString());
          return fetch(url, init);
        },
      });
      expect([code, sent]).toEqual([2, []]);
      expect(err).toContain('is a link');
      expect(existsSync(precious) ? readFileSync(precious, 'utf8') : 'nothing').toBe(
        where === 'to a file' ? 'precious' : 'nothing',
      );
    },
  );

  itAfterTwoPages.for(['.partial', '.checkpoint.tmp'])(
    'a link under the name of %s is replaced by a file',
    async (ending, { env }) => {
      const folder = folderFor();
      const [precious, file] = [join(folder, 'precious'), join(folder, 'users.ndjson')];
      writeFileSync(precious, 'precious');
      symlinkSync(precious, `${file}${ending}`);
      expect((await runCommand(['pull', 'users', '--out', file], { env })).code).toBe(0);
      expect(readFileSync(precious, 'utf8')).toBe('precious');
      expect(lstatSync(file).isFile()).toBe(true);
    },
  );

  itAfterTwoPages('a finished file that others may write is not taken for the result', async ({ env, file }) => {
    const checkpoint = JSON.parse(readFileSync(`${file}.checkpoint`, 'utf8')) as { bytes: number };
    const text = JSON.stringify({ ...checkpoint, isComplete: true });
    writeFileSync(`${file}.checkpoint`, text);
    copyFileSync(`${file}.partial`, file);
    rmSync(`${file}.partial`);
    chmodSync(file, 0o666);
    await expectRefusal(file, 'mode 666', () => runCommand(['pull', 'users', '--out', file, '--resume'], { env }));
  });
});
