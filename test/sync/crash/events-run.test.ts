import { changeSomeOfAll, enumerateCrashes } from './enumerate.js';

enumerateCrashes({
  name: 'an events run',
  prepare: async (world) => {
    await world.sync().run(world.district.id);
    changeSomeOfAll(world);
  },
});
