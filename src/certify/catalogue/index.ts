import { LIBRARY } from './library.js';
import { LMS } from './lms.js';
import type { Requirement } from './requirement.js';
import { SSO } from './sso.js';
import { SYNC } from './sync.js';

/** Every requirement, in the order of reports: by suite, and within one as Clever lists them. */
export const CATALOGUE: readonly Requirement[] = [...SSO, ...LIBRARY, ...SYNC, ...LMS];

const BY_ID: ReadonlyMap<string, Requirement> = new Map(CATALOGUE.map((requirement) => [requirement.id, requirement]));

/** The requirement with an id. */
export function requirementOf(id: string): Requirement {
  const requirement = BY_ID.get(id);
  if (requirement === undefined) {
    throw new TypeError(`The catalogue has no requirement ${id}.`);
  }
  return requirement;
}
