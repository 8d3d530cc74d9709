/** A file that differs between two commits, as `git diff --name-status` prints it. */
export interface ChangedFile {
  /** `A` for an added file, `M` for a changed one, `D` for one that is gone … */
  readonly status: string;
  readonly path: string;
}

/** A package.json. */
export type Manifest = Readonly<Record<string, unknown>>;

/** What users get, apart from the version, which only a release changes. */
const SHIPPED = /^(?:src\/(?!version\.ts$)|(?:tsup\.config\.ts|AGENTS\.md)$)/u;

/** The fields of package.json that installers, runtimes, bundlers and compilers read. */
const SHIPPED_FIELDS = [
  ...['dependencies', 'peerDependencies', 'peerDependenciesMeta', 'optionalDependencies', 'engines', 'bin', 'files'],
  ...['type', 'main', 'module', 'types', 'exports', 'sideEffects'],
];

/**
 * Returns whether a change lacks the changeset that announces it to users.
 *
 * @param files - What differs.
 * @param before - The package.json without the change.
 * @param after - The package.json with it.
 */
export function needsChangeset(files: readonly ChangedFile[], before: Manifest, after: Manifest): boolean {
  return (
    (files.some(({ path }) => SHIPPED.test(path)) ||
      SHIPPED_FIELDS.some((field) => differs(before[field], after[field]))) &&
    !files.some(({ status, path }) => status === 'A' && /^\.changeset\/(?!README\.md$)[\w-]+\.md$/u.test(path))
  );
}

/** The order counts: of the conditions in `exports` the first that fits is taken. */
function differs(before: unknown, after: unknown): boolean {
  return JSON.stringify(before) !== JSON.stringify(after);
}

/** Reads the output of `git diff --name-status --no-renames`. */
export function parseChangedFiles(output: string): ChangedFile[] {
  return output
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [status = '', path = ''] = line.split('\t');
      return { status, path };
    });
}
