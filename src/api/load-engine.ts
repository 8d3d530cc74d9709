import { lazily } from '../util/lazily.js';

/** Loads what sends, reads and checks, with the first request or the first reading of a listing. */
export const loadEngine = /* @__PURE__ */ lazily(() => import('./engine.js'));
