/** A process that uses an embedded database: `embedded-app.ts <folder> <what>`. Started by open-pglite.test.ts. */
import process from 'node:process';
import { isCleverError } from '../../src/errors/base.js';
import { openPglite } from '../../src/sync/store/open-pglite.js';

const [, , folder = '', what = ''] = process.argv;
const say = (line: string): unknown => process.stdout.write(`${line}\n`);

say('started');
try {
  const db = await openPglite(folder);
  await db.exec(
    'create table if not exists rounds (n int primary key); create table if not exists rows (n int, text text)',
  );
  say('open');
  if (what === 'write') {
    for (let round = 0; ; round += 1) {
      await db.transaction(async (tx) => {
        await tx.query('insert into rounds values ($1)', [round]);
        await tx.query("insert into rows select $1, repeat('x', 500) from generate_series(1, 200)", [round]);
      });
      say(`committed ${round}`);
    }
  }
  if (what === 'listen') {
    process.on('SIGTERM', () => void db.close().then(() => say('closed by the app')));
  }
  if (what === 'exit') {
    process.exit(3);
  }
  // Keeps the process alive.
  setInterval(() => undefined, 1_000_000);
} catch (error) {
  say(isCleverError(error) ? `refused ${error.code}: ${error.message}` : String(error));
  process.exitCode = 1;
}
