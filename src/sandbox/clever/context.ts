import type { Control } from '../control/control.js';
import type { Grant } from '../world/access/grants.js';
import type { Budget } from '../world/access/rate-limiter.js';
import type { Fault } from '../world/faults/fault.js';
import type { World } from '../world/world.js';

/** What a request handler finds in its context. */
export interface Env {
  Bindings: {
    readonly world: World;
    /** What the dashboard works with. */
    readonly control: Control;
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
