import type { District } from '../../world/district.js';

/**
 * Returns the name of a district's portal: the end of its `portal_url`, `https://clever.com/in/<name>`, or
 * its id when it has no `portal_url`.
 */
export function shortnameOf({ id, store }: District): string {
  const url = store.get('districts', id)?.['portal_url'];
  return (typeof url === 'string' ? /\/in\/([\w.~-]+)$/u.exec(url)?.[1] : undefined) ?? id;
}

/** Finds the district whose portal has a name. The id works for every district. */
export function districtNamed(districts: readonly District[], name: string): District | undefined {
  return (
    districts.find((district) => shortnameOf(district) === name) ?? districts.find((district) => district.id === name)
  );
}
