import type { District } from '../../world/district.js';
import type { ROSTER_TRIGGERS } from '../trigger/roster-triggers.js';

/** A change of the roster that a button of the dashboard makes. */
interface ChangeOnTheMenu {
  readonly label: string;
  /** Whether it changes every section of the district and all people in them. Not offered for large districts. */
  readonly isDistrictWide?: boolean;
}

/** The usual changes, by the name of their trigger. Each applies to the first record that it fits. */
export const CHANGE_MENU = {
  'add-student': { label: 'New student' },
  'remove-student': { label: 'Student leaves' },
  rename: { label: 'Student is renamed' },
  enroll: { label: 'Student joins a class' },
  unenroll: { label: 'Student leaves a class' },
  transfer: { label: 'Student moves to another school' },
  'add-teacher': { label: 'Co-teacher joins a class' },
  'dissolve-section': { label: 'Class is dissolved' },
  'recreate-contact': { label: 'Contact gets a new id' },
  'school-year': { label: 'New school year', isDistrictWide: true },
} as const satisfies { readonly [Name in keyof typeof ROSTER_TRIGGERS]?: ChangeOnTheMenu };

/** The name of a change on the menu. */
export type ChangeName = keyof typeof CHANGE_MENU;

/**
 * The number of people above which the dashboard does not offer changes of the whole district, because they
 * take too long for a page.
 */
const MOST_PEOPLE = 50_000;

/** Returns the changes that the dashboard offers for a district. */
export function changesFor(district: District): [name: string, label: string][] {
  return Object.entries<ChangeOnTheMenu>(CHANGE_MENU)
    .filter(([, { isDistrictWide = false }]) => !isBig(district) || !isDistrictWide)
    .map(([name, { label }]) => [name, label]);
}

/** Checks whether a district is too large for changes of the whole district. */
export function isBig({ store }: District): boolean {
  return store.count('users') > MOST_PEOPLE;
}
