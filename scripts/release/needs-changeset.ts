/** A file that differs between two commits, as `git diff --name-status` prints it. */
export interface ChangedFile {
  /** `A` for an added file, `M` for a changed one, `D` for one that is gone … */
  readonly status: string;
  readonly path: string;
}

/** What users get, apart from the version, which only a release changes. */
const SHIPPED = /^src\/(?!version\.ts$)/u;

/** Returns whether a change lacks the changeset that announces it to users. */
export function needsChangeset(files: readonly ChangedFile[]): boolean {
  return (
    files.some(({ path }) => SHIPPED.test(path)) &&
    !files.some(({ status, path }) => status === 'A' && /^\.changeset\/(?!README\.md$)[\w-]+\.md$/u.test(path))
  );
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
