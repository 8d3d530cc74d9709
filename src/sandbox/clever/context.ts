import type { Grant } from '../world/access/grants.js';
import type { Budget } from '../world/access/rate-limiter.js';
import type { Fault } from '../world/faults/fault.js';
import type { World } from '../world/world.js';

/** What a handler of Clever's finds in its context. */
export interface Env {
  Bindings: {
    readonly world: World;
    /** A failure that somebody asked for in place of the answer. */
    readonly fault: Fault | undefined;
    readonly now: number;
  };
  Variables: {
    /** Whom the bearer token stands for. */
    grant: Grant;
    budget: Budget;
  };
}
