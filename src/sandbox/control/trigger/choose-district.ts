import type { District } from '../../world/district.js';
import { isSameName } from './choose.js';

/** The district, or why none was chosen, with those to choose from. */
export type ChosenDistrict =
  | { readonly district: District }
  | { readonly code: 'choose_district' | 'unknown_district' | 'same_name'; readonly choices: readonly District[] };

/**
 * Finds a district by its id, or by its name in any case. Without either, it is the only one that the trigger could
 * mean: for `connect` the only one that has not connected the app, for everything else the only connected one.
 */
export function chooseDistrict(
  districts: readonly District[],
  asked: string | undefined,
  trigger: string,
): ChosenDistrict {
  if (asked !== undefined) {
    const byId = districts.filter(({ id }) => id === asked);
    const found = byId.length > 0 ? byId : districts.filter(({ name }) => isSameName(name, asked));
    return (
      oneOf(found) ??
      (found.length > 1 ? { code: 'same_name', choices: found } : { code: 'unknown_district', choices: districts })
    );
  }
  const meant = districts.filter(({ appToken }) => (appToken === undefined) === (trigger === 'connect'));
  const choices = meant.length === 0 ? districts : meant;
  return oneOf(choices) ?? { code: 'choose_district', choices };
}

function oneOf(districts: readonly District[]): ChosenDistrict | undefined {
  const [only, ...others] = districts;
  return only !== undefined && others.length === 0 ? { district: only } : undefined;
}
