import type { Requirement } from './requirement.js';

/** What Clever asks of library. */
export const LIBRARY: readonly Requirement[] = [];
