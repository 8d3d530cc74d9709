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

/** One reason why the app cannot write to a learning management system. */
export interface LmsObstacle {
  readonly code: LmsObstacleCode;
  /** What is missing and who can fix it, in one or two sentences without a name or an id. */
  readonly message: string;
}

/** Whether assignments can be written now, and what is missing if not. */
export interface LmsReadiness {
  readonly isReady: boolean;
  /** The district's `lms_type`; `undefined` when it names none. */
  readonly lmsType: LmsType | undefined;
  /** The district's `lms_state`; `undefined` when it has none. */
  readonly lmsState: LmsState | undefined;
  /** The section's `lms_status.synced_in_lms`; `undefined` without a section, or if the section does not have it. */
  readonly isSectionSynced: boolean | undefined;
  /** Empty when everything is ready. */
  readonly obstacles: readonly LmsObstacle[];
}

/** The members of a district that {@link explainLms} reads. */
export interface LmsDistrict {
  readonly lms_state?: LmsState | null;
  readonly lms_type?: LmsType | null;
}

/** The members of a section that {@link explainLms} reads. */
export interface LmsSection {
  readonly lms_status?: { readonly synced_in_lms?: boolean | null } | null;
}

const NAMES = { canvas: 'Canvas', schoology: 'Schoology', google_classroom: 'Google Classroom' } as const;

const STATES: Readonly<Record<Exclude<KnownLmsState, 'success'>, (lms: string) => string>> = {
  pending_authorization: (lms) =>
    `The district has not authorized Clever at ${lms} yet. A district administrator can do this in Clever.`,
  initial_sync_processing: (lms) =>
    `Clever is reading ${lms} for the first time. Try again later; no action is needed.`,
  matching_in_progress: (lms) =>
    `Clever is matching the roster with ${lms}. Try again later; a large district may need to resolve uncertain matches in Clever.`,
  error: (lms) =>
    `The connection between Clever and ${lms} has failed. The district administrator can see the reason in Clever.`,
  disconnected: (lms) =>
    `The district has disconnected ${lms} from Clever. Nothing can be written until the district reconnects it.`,
};

/**
 * Explains why an app cannot write to a district's learning management system, if it cannot. Pure;
 * `district.lms.check()` reads the two records and calls this function.
 *
 * `lms_state` must be `success` before anything can be written, and `lms_status.synced_in_lms` of the
 * section must be true. Source: dev.clever.com/docs/api-reference. Who must act in each state is inferred
 * from its name.
 *
 * @param district - The district's record, from API v3.1.
 * @param section - The record of the section to write to, from API v3.1; optional.
 *
 * @example
 * ```ts
 * import { explainLms } from 'clever-sdk/values';
 *
 * explainLms({ lms_state: 'success', lms_type: 'canvas' }).isReady; // true
 * ```
 */
export function explainLms(district: LmsDistrict, section?: LmsSection): LmsReadiness {
  const lmsType = textOf(district.lms_type);
  const lmsState = textOf(district.lms_state);
  const isSynced: unknown = section?.lms_status?.synced_in_lms;
  const isSectionSynced = typeof isSynced === 'boolean' ? isSynced : undefined;
  const obstacles = [...stateObstacles(lmsState, lmsType), ...(section ? sectionObstacles(isSectionSynced) : [])];
  return { isReady: obstacles.length === 0, lmsType, lmsState, isSectionSynced, obstacles };
}

/** A record without its documented shape is delivered as sent, so a member may be anything. */
function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function stateObstacles(state: LmsState | undefined, type: LmsType | undefined): LmsObstacle[] {
  if (state === 'success') {
    return [];
  }
  if (state === undefined) {
    const message =
      'The district has not connected a learning management system to Clever, or the app does not have LMS Connect. ' +
      'The district can connect one in Clever; Clever enables LMS Connect for Secure Sync apps on request.';
    return [{ code: 'not_connected', message }];
  }
  const lms = isKnownLmsType(type) ? NAMES[type] : 'the learning management system';
  if (Object.hasOwn(STATES, state)) {
    const code = state as keyof typeof STATES;
    return [{ code, message: STATES[code](lms) }];
  }
  const message = `Clever reports a state of ${lms} that this version of the SDK does not know (\`lms_state\`). Only \`success\` is known to work.`;
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
            'Clever has not matched this section with a course in the learning management system, so nothing can be ' +
            'written to it. The district can match it in Clever.',
        },
      ]
    : [
        {
          code: 'section_status_missing',
          message:
            'Clever does not report whether this section is matched (`lms_status.synced_in_lms`). API v3.1 reports it ' +
            'once a learning management system is connected to the district.',
        },
      ];
}
