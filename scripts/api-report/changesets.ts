import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding, Kind } from './findings.ts';

/** A changeset that waits for the next release. */
export interface Changeset {
  readonly file: string;
  readonly kind: Kind;
  readonly text: string;
}

/** Reads the changesets of a project. */
export function changesetsIn(root: string): readonly Changeset[] {
  return globSync('.changeset/*.md', { cwd: root })
    .sort()
    .flatMap((file) => {
      const text = readFileSync(join(root, file), 'utf8');
      const [, kind] = /^---\n[\s\S]*?: (major|minor|patch)\n[\s\S]*?---\n/u.exec(text) ?? [];
      return kind === undefined ? [] : [{ file, kind: kind as Kind, text }];
    });
}

/**
 * Findings as the changesets judge them. A doubtful one is minor when a changeset has the comment
 * `<!-- compatible: NAME: reason -->`, which the change log does not show.
 */
export function judged(findings: readonly Finding[], changesets: readonly Changeset[]): readonly Finding[] {
  const compatible = new Set(
    changesets.flatMap(({ text }) => [...text.matchAll(/<!-- compatible: (\S+): \S.*? -->/gu)].map(([, name]) => name)),
  );
  return findings.map((finding) =>
    finding.isDoubtful && compatible.has(finding.name) ? { ...finding, kind: 'minor', isDoubtful: false } : finding,
  );
}
