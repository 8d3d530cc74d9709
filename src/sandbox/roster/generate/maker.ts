import type { ObjectIds } from './object-id.js';
import type { DistrictPlan } from './plan.js';

/** What the generators of single records need. */
export interface Maker {
  readonly seed: number;
  readonly ids: ObjectIds;
  /** Id of the district. */
  readonly district: string;
  readonly plan: DistrictPlan;
}
