import type { ProbeResult } from '../../verdict.js';
import { groupOf } from '../sorted.js';

/** The section with everything about a result. */
export function placeOf(result: ProbeResult): string {
  const group = groupOf(result);
  return group === 'passed' ? 'all' : group;
}
