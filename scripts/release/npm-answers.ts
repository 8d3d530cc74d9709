/** Returns whether a version of npm is a certain one or newer. Both are three numbers. */
export function isAtLeast(version: string, lowest: string): boolean {
  const [has, needs] = [version, lowest].map((text) => text.split('.').map(Number)) as [number[], number[]];
  const index = needs.findIndex((part, at) => has[at] !== part);
  return index === -1 || (has[index] ?? 0) > (needs[index] ?? 0);
}

/**
 * Returns whether npm says, with `--json`, that the registry does not have what it was asked for: not the package
 * (`E404`), or not this version (`ETARGET`, or `E404` by `npm view`).
 *
 * @param output - What npm has printed to standard output.
 */
export function isNotFound(output: string): boolean {
  return /"code": *"(?:E404|ETARGET)"/u.test(output);
}
