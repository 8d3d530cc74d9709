import { omitUndefined } from '../../util/omit-undefined.js';
import { isProblem } from '../verdict.js';
import type { Certification } from './certification.js';
import { printable } from './printable.js';

/** Rises when a member is removed or changes its meaning; new members may appear at any time. */
const FORMAT_VERSION = 1;

/**
 * A run as JSON, for programs: what {@link Certification} has, with `formatVersion` before it. A screenshot is its
 * title: the pictures are in the report as HTML. `isProblem` says of each probe whether it makes the run fail. No
 * secret and no person is in it.
 */
export function jsonReport(certification: Certification): string {
  const { probes, ...run } = printable(certification);
  const json = {
    format: 'clever-sdk certification',
    formatVersion: FORMAT_VERSION,
    ...omitUndefined(run),
    probes: probes.map((probe) => ({
      ...omitUndefined(probe),
      isProblem: isProblem(probe),
      screenshots: probe.screenshots.map(({ title }) => ({ title })),
    })),
  };
  return `${JSON.stringify(json, undefined, 2)}\n`;
}
