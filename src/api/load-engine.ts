import { lazily } from '../util/lazily.js';

/** Loads the code that sends, reads and checks, at the first request or the first read of a listing. */
export const loadEngine = /* @__PURE__ */ lazily(() => import('./engine.js'));
