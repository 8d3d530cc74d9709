import type { VisitProbe } from '../probe.js';
import { districtWins, heavyTeacher, refresh, severalTeachers } from './accounts.js';
import { login, noSections, provisionStudent, provisionTeacher, sparse, studentFirst } from './logins.js';

/** The probes of the Clever Library, each after those that it names in `after`. */
export const LIBRARY_PROBES: readonly VisitProbe[] = [
  login,
  provisionTeacher,
  provisionStudent,
  noSections,
  severalTeachers,
  studentFirst,
  refresh,
  heavyTeacher,
  sparse,
  districtWins,
];
