/** The Node that the package supports: `engines` of package.json, and the oldest on which the tests run. */
export const NEEDED_NODE = '22.12';

/** Below this version, Node lacks what the commands import, so that they cannot even say what is wrong. */
export const OLDEST_NODE = '20.12';

/** Whether a version such as `22.11.0` comes before one such as `22.12`. */
export function isOlder(version: string, than: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [neededMajor = 0, neededMinor = 0] = than.split('.').map(Number);
  return major < neededMajor || (major === neededMajor && minor < neededMinor);
}
