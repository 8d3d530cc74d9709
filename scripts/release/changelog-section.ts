/** Returns what CHANGELOG.md says about a version, without its heading. Throws when it says nothing. */
export function changelogSection(changelog: string, version: string): string {
  const [, ...sections] = changelog.split(/^## /mu);
  const section = sections
    .find((text) => text.startsWith(`${version}\n`))
    ?.slice(version.length)
    .trim();
  if (section === undefined || section === '') {
    throw new Error(`CHANGELOG.md says nothing about ${version}.`);
  }
  return section;
}
