import { CleverConfigError } from '../../errors/config.js';
import { assertKnownKeys } from '../../options/known-keys.js';
import { keysOf } from '../../util/keys-of.js';
import type { SyncKind } from '../kinds.js';

/*
 * The guard: what may be taken away at once. A district that stops sharing a school, an upload that was cut off, or a
 * list that ends early look alike: many records are gone. The guard asks a person before the mirror follows.
 */

/** What a limit of the guard counts. */
export type GuardScope =
  | 'students'
  | 'teachers'
  | 'staff'
  | 'contacts'
  | 'schools'
  | 'sections'
  | 'courses'
  | 'terms'
  | 'school_people';

/** A limit. */
export interface GuardLimit {
  /** The greatest share that may go, above 0 and up to 1. */
  readonly share: number;
  /** The limit counts from this number of records on. */
  readonly floor: number;
}

/** The limits to change; `false` switches one off. */
export type GuardOptions = { readonly [Scope in GuardScope]?: Partial<GuardLimit> | false };

/** The limits in force. */
export type ResolvedGuard = Readonly<Partial<Record<GuardScope, GuardLimit>>>;

/**
 * The default limits. People and schools: a class that leaves a district of six grades is 17 %, so a normal summer
 * passes. Sections, courses and terms: the net number, because a new school year replaces all ids. Contacts have no
 * limit, because any change of one may replace its id.
 */
export const DEFAULT_GUARD: Readonly<Partial<Record<GuardScope, GuardLimit>>> = {
  students: { share: 0.2, floor: 100 },
  teachers: { share: 0.2, floor: 100 },
  staff: { share: 0.2, floor: 100 },
  schools: { share: 0.2, floor: 100 },
  sections: { share: 0.6, floor: 20 },
  courses: { share: 0.6, floor: 20 },
  terms: { share: 0.6, floor: 20 },
  school_people: { share: 0.5, floor: 20 },
};

const SCOPE_KEYS = keysOf<Record<GuardScope, unknown>>()({
  students: true,
  teachers: true,
  staff: true,
  contacts: true,
  schools: true,
  sections: true,
  courses: true,
  terms: true,
  school_people: true,
});

/** One measure of the guard. */
export interface GuardFinding {
  readonly scope: GuardScope | SyncKind;
  /** How many there were a day ago. */
  readonly before: number;
  /** How many would be gone, with those of the last day that went without approval. */
  readonly gone: number;
  /** Why it is above the limit. */
  readonly reason: 'share' | 'empty' | 'school';
}

/** What the guard says of a plan. */
export interface GuardVerdict {
  readonly isHeld: boolean;
  /** What is above a limit. Empty when nothing is. */
  readonly findings: readonly GuardFinding[];
}

/**
 * Fills in the default limits.
 *
 * @throws {@link CleverConfigError} for a limit that does not exist or is out of range.
 */
export function resolveGuard(options: GuardOptions | false = {}): ResolvedGuard | undefined {
  if (options === false) {
    return undefined;
  }
  assertKnownKeys('`guard`', options as object, SCOPE_KEYS);
  const limits: Partial<Record<GuardScope, GuardLimit>> = { ...DEFAULT_GUARD };
  for (const [name, given] of Object.entries(options)) {
    const scope = name as GuardScope;
    if (given === false) {
      delete limits[scope];
    } else if (given !== undefined) {
      const { share = 0.2, floor = 100 } = { ...DEFAULT_GUARD[scope], ...given };
      if (!(share > 0 && share <= 1) || !Number.isInteger(floor) || floor < 0) {
        throw new CleverConfigError(
          `\`guard.${scope}\` needs a \`share\` above 0, at most 1, and a \`floor\` that is a whole number.`,
        );
      }
      limits[scope] = { share, floor };
    }
  }
  return limits;
}
