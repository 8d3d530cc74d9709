import type { Finding, Reading, Screenshot } from '../verdict.js';

/** What a finding may have beside its verdict and evidence. */
type More = Pick<Finding, 'advice' | 'readings' | 'screenshots'>;

/** The app does what the requirement asks for. */
export function pass(evidence: string | readonly string[], more: More = {}): Finding {
  return { verdict: 'pass', evidence: [evidence].flat(), ...more };
}

/** The app does not do what the requirement asks for. */
export function fail(evidence: string | readonly string[], more: More = {}): Finding {
  return { verdict: 'fail', evidence: [evidence].flat(), ...more };
}

/** The app does not do what Clever recommends. */
export function warn(evidence: string | readonly string[], more: More = {}): Finding {
  return { verdict: 'warn', evidence: [evidence].flat(), ...more };
}

/** A person must look. */
export function review(
  question: string,
  evidence: string | readonly string[],
  screenshots: readonly (Screenshot | undefined)[] = [],
): Finding {
  const pictures = screenshots.filter((one): one is Screenshot => one !== undefined);
  return { verdict: 'review', question, evidence: [evidence].flat(), screenshots: pictures };
}

/** Nothing was tried. */
export function skipped(because: string): Finding {
  return { verdict: 'skipped', evidence: [because] };
}

/** What the documentation expects, and what Clever's partner team's tool expects, where they disagree. */
export function readings(documentation: Omit<Reading, 'by'>, partnerTool: Omit<Reading, 'by'>): readonly Reading[] {
  return [
    { by: 'documentation', ...documentation },
    { by: 'partner tool', ...partnerTool },
  ];
}
