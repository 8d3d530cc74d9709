/* A roster kept in an embedded database, with what a user installs. Prints what the runs did, as JSON. */
import { createCleverClient } from 'clever-sdk';
import { createSandbox } from 'clever-sdk/sandbox';
import { createRosterSync, fromPglite, openPglite } from 'clever-sdk/sync';

const sandbox = createSandbox({ seed: 1, students: 120 });
const [{ id }] = sandbox.districts;
const db = await openPglite(process.argv[2]);
const clever = createCleverClient({ ...sandbox.clientOptions() });
const students = new Set();
const sync = createRosterSync({
  clever,
  store: fromPglite(db),
  onChanges: (changes) => {
    for (const change of changes) {
      if (change.kind === 'users' && change.record.roles?.student != null) {
        students.add(change.id);
      }
    }
  },
});
await sync.migrate();
const modes = [await sync.run(id), await sync.run(id)].map(({ mode, outcome }) => `${mode} ${outcome}`);
await db.close();
console.log(JSON.stringify({ modes, students: students.size }));
