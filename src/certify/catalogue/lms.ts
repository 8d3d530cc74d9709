import type { Requirement } from './requirement.js';

/** What Clever asks of lms. */
export const LMS: readonly Requirement[] = [];
