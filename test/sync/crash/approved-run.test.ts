import { expect } from 'vitest';
import { changeSomeOfAll, enumerateCrashes } from './enumerate.js';

enumerateCrashes({
  name: 'a run that was approved',
  prepare: async (world) => {
    const sync = world.sync();
    await sync.run(world.district.id);
    changeSomeOfAll(world);
    for (const { id } of world.sandbox.people({ role: 'student' })) {
      world.district.users.delete(id);
    }
    const { run, outcome } = await sync.run(world.district.id);
    expect(outcome).toBe('held');
    await sync.approve(run, { by: 'test' });
  },
});
