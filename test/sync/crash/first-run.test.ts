import { enumerateCrashes } from './enumerate.js';

enumerateCrashes({ name: 'a first run', prepare: async () => {} });
