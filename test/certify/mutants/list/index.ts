import type { Mutant } from '../mutant.ts';
import { LIBRARY_MUTANTS } from './library.ts';
import { LMS_MUTANTS } from './lms.ts';
import { SSO_MUTANTS } from './sso.ts';
import { SYNC_MUTANTS } from './sync.ts';

/** `npm run test:certify-mutants` tries each of them, and fails when one is not found, or by another probe. */
export const MUTANTS: readonly Mutant[] = [...SSO_MUTANTS, ...LIBRARY_MUTANTS, ...SYNC_MUTANTS, ...LMS_MUTANTS];
