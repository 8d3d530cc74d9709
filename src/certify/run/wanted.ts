import { CATALOGUE } from '../catalogue/index.js';
import { CertifyError } from '../error.js';
import type { Suite } from '../verdict.js';

/**
 * Reads the option `only`: ids of probes, and beginnings of ids that end with a star.
 *
 * @throws {@link CertifyError} for an id that no probe of the suites has.
 */
export function wantedProbes(only: readonly string[] | undefined, suites: readonly Suite[]): (id: string) => boolean {
  if (only === undefined || only.length === 0) {
    return () => true;
  }
  const ids = CATALOGUE.filter(({ suite }) => suites.includes(suite)).map(({ id }) => id);
  const matches = (pattern: string, id: string): boolean =>
    pattern.endsWith('*') ? id.startsWith(pattern.slice(0, -1)) : id === pattern;
  const unknown = only.find((pattern) => !ids.some((id) => matches(pattern, id)));
  if (unknown !== undefined) {
    throw new CertifyError(
      'options',
      `No probe of these suites is called “${unknown.slice(0, 60)}”. They are: ${ids.join(', ')}.`,
    );
  }
  return (id) => only.some((pattern) => matches(pattern, id));
}
