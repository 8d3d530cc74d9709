import { isKnownLmsType, type KnownLmsState, type LmsState, type LmsType } from './district.js';

/** Why LMS Connect cannot be used yet. */
export type LmsObstacleCode =
  | 'not_connected'
  | 'pending_authorization'
  | 'initial_sync_processing'
  | 'matching_in_progress'
  | 'error'
  | 'disconnected'
  | 'unknown_state'
  | 'section_not_synced'
  | 'section_status_missing';

/** One thing that stands between the app and a learning management system. */
export interface LmsObstacle {
  readonly code: LmsObstacleCode;
  /** What is missing and who can help, in one or two sentences without a name or an id. */
  readonly message: string;
}

/** Whether assignments can be written now, and what is missing if not. */
export interface LmsReadiness {
  readonly isReady: boolean;
  /** The district's `lms_type`; `undefined` when it names none. */
  readonly lmsType: LmsType | undefined;
  /** The district's `lms_state`; `undefined` when it has none. */
  readonly lmsState: LmsState | undefined;
  /** The section's `lms_status.synced_in_lms`; `undefined` when no section was asked for or it does not say. */
  readonly isSectionSynced: boolean | undefined;
  /** Empty when everything is ready. */
  readonly obstacles: readonly LmsObstacle[];
}

/** As much of a district as {@link explainLms} reads. */
export interface LmsDistrict {
  readonly lms_state?: LmsState | null;
  readonly lms_type?: LmsType | null;
}

/** As much of a section as {@link explainLms} reads. */
export interface LmsSection {
  readonly lms_status?: { readonly synced_in_lms?: boolean | null } | null;
}

const NAMES = { canvas: 'Canvas', schoology: 'Schoology', google_classroom: 'Google Classroom' } as const;

const STATES: Readonly<Record<Exclude<KnownLmsState, 'success'>, (lms: string) => string>> = {
  pending_authorization: (lms) =>
    `The district has not authorized Clever at ${lms} yet. An administrator of the district does that in Clever.`,
  initial_sync_processing: (lms) =>
    `Clever is reading ${lms} for the first time. Ask again later; nobody has to do anything.`,
  matching_in_progress: (lms) =>
    `Clever is matching the roster with ${lms}. Ask again later; a large district may have to settle doubtful matches in Clever.`,
  error: (lms) =>
    `The connection between Clever and ${lms} has failed. The district's administrator sees why in Clever.`,
  disconnected: (lms) =>
    `The district has disconnected ${lms} from Clever. Nothing can be written until it connects again.`,
};

/**
 * Says what stands between the app and a district's learning management system. Pure; `district.lms.check()` reads the two
 * records and calls it.
 *
 * `lms_state` must be `success` before anything is written, and `lms_status.synced_in_lms` of a section must be true.
 * Source: dev.clever.com/docs/api-reference. What each state wants of whom is inferred from its name.
 *
 * @param district - The district's record, of API v3.1.
 * @param section - The section's record, of API v3.1, where one is to be written to.
 *
 * @example
 * ```ts
 * import { explainLms } from 'clever-sdk/values';
 *
 * explainLms({ lms_state: 'success', lms_type: 'canvas' }).isReady; // true
 * ```
 */
export function explainLms(district: LmsDistrict, section?: LmsSection): LmsReadiness {
  const lmsType = district.lms_type || undefined;
  const lmsState = district.lms_state || undefined;
  const isSectionSynced = section?.lms_status?.synced_in_lms ?? undefined;
  const obstacles = [...stateObstacles(lmsState, lmsType), ...(section ? sectionObstacles(isSectionSynced) : [])];
  return { isReady: obstacles.length === 0, lmsType, lmsState, isSectionSynced, obstacles };
}

function stateObstacles(state: LmsState | undefined, type: LmsType | undefined): LmsObstacle[] {
  if (state === 'success') {
    return [];
  }
  if (state === undefined) {
    const message =
      'The district has connected no learning management system to Clever, or the app has no LMS Connect. The district ' +
      'connects one in Clever; Clever switches LMS Connect on for Secure Sync apps that ask for it.';
    return [{ code: 'not_connected', message }];
  }
  const lms = isKnownLmsType(type) ? NAMES[type] : 'the learning management system';
  if (Object.hasOwn(STATES, state)) {
    const code = state as keyof typeof STATES;
    return [{ code, message: STATES[code](lms) }];
  }
  const message = `Clever says of ${lms} what this version of the SDK does not know (\`lms_state\`). Only \`success\` is sure to work.`;
  return [{ code: 'unknown_state', message }];
}

function sectionObstacles(isSynced: boolean | undefined): LmsObstacle[] {
  if (isSynced === true) {
    return [];
  }
  return isSynced === false
    ? [
        {
          code: 'section_not_synced',
          message:
            'Clever has not matched this section with a course over there, so nothing can be written to it. The district ' +
            'can match it in Clever.',
        },
      ]
    : [
        {
          code: 'section_status_missing',
          message:
            'Clever does not say whether this section is matched (`lms_status.synced_in_lms`). API v3.1 says so once the ' +
            "district's learning management system is connected.",
        },
      ];
}
