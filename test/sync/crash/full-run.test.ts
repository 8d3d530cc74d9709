import { changeSomeOfAll, enumerateCrashes } from './enumerate.js';

enumerateCrashes({
  name: 'a full run over changes without events',
  isFull: true,
  prepare: async (world) => {
    await world.sync().run(world.district.id);
    world.sandbox.events.disable();
    changeSomeOfAll(world);
    world.district.update({ last_sync: '2026-09-01T00:00:00.000Z' });
  },
});
