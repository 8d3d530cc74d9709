import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Finding, type Kind, raiseOf } from './findings.ts';

/** A changeset that waits for the next release, or the part of the change log that has taken changesets over. */
export interface Changeset {
  readonly file: string;
  readonly kind: Kind;
  readonly text: string;
}

/**
 * What is announced since a release: the changesets, and the newest part of the change log once the version is raised.
 * The release's own change deletes the changesets, and their texts are in the change log then.
 */
export function announcedSince(root: string, tag: string): readonly Changeset[] {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const kind = raiseOf(tag, version);
  return [...changesetsIn(root), ...(kind === undefined ? [] : [{ file: CHANGE_LOG, kind, text: newestIn(root) }])];
}

const CHANGE_LOG = 'CHANGELOG.md';

/** What the change log says about its newest version. */
function newestIn(root: string): string {
  const log = join(root, CHANGE_LOG);
  return existsSync(log) ? (readFileSync(log, 'utf8').split(/^## /mu)[1] ?? '') : '';
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

/** The comment that judges a finding. Its lines may be broken anywhere: the change log is formatted. */
const COMPATIBLE = /<!--\s+compatible:\s+(\S+):\s+(?!-->)\S.*?\s-->/gsu;

/**
 * Findings as the changesets judge them. A doubtful one is minor when a changeset has the comment
 * `<!-- compatible: NAME: reason -->`, which readers of the change log do not see.
 */
export function judged(findings: readonly Finding[], changesets: readonly Changeset[]): readonly Finding[] {
  const compatible = new Set(changesets.flatMap(({ text }) => [...text.matchAll(COMPATIBLE)].map(([, name]) => name)));
  return findings.map((finding) =>
    finding.isDoubtful && compatible.has(finding.name) ? { ...finding, kind: 'minor', isDoubtful: false } : finding,
  );
}
