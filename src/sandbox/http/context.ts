import type { Control } from '../dashboard/control.js';
import type { Fault } from '../faults/fault.js';
import type { Grant } from '../oauth/grants.js';
import type { World } from '../world.js';
import type { Budget } from './rate-limit.js';

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
