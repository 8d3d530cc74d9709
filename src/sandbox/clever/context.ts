import type { Grant } from '../world/access/grants.js';
import type { Budget } from '../world/access/rate-limiter.js';
import type { Fault } from '../world/faults/fault.js';
import type { World } from '../world/world.js';

/** The Hono context of every handler. */
export interface Env {
  Bindings: {
    readonly world: World;
    /** The fault that this request meets, if any. */
    readonly fault: Fault | undefined;
    readonly now: number;
  };
  Variables: {
    /** What the bearer token grants, and to whom. */
    grant: Grant;
    budget: Budget;
    /** The session that this request began. */
    sessionName: string;
  };
}
