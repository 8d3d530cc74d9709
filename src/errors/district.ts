import { CleverError, type CleverErrorInit } from './base.js';

/** How it showed that a district is gone. */
export type DistrictDisconnectedReason =
  /** The app's token list does not have the district. */
  | 'not_listed'
  /** Clever refused a token that it had just handed out. */
  | 'unauthorized'
  /** Clever does not find the district, or any of its collections, with the district's own token. */
  | 'not_found';

const SIGNS: Record<DistrictDisconnectedReason, string> = {
  not_listed: "the list of the app's district tokens does not have it",
  unauthorized: 'Clever refuses even a token that was fetched a moment ago',
  not_found: "Clever does not find it with the district's own token",
};

/**
 * A district is no longer connected to the app, or never was. Clever answers in three ways, and this error stands for
 * them all: a missing entry in the token list, a 401 and a 404.
 *
 * Source: dev.clever.com/docs/error-messages; that the entry disappears is inferred.
 */
export class CleverDistrictDisconnectedError extends CleverError<'district_disconnected'> {
  override get name(): string {
    return 'CleverDistrictDisconnectedError';
  }

  readonly reason: DistrictDisconnectedReason;

  constructor({ reason, ...init }: CleverErrorInit & { readonly reason: DistrictDisconnectedReason }) {
    super(
      'district_disconnected',
      `The district is not connected to the app: ${SIGNS[reason]}. Archive its records and delete none: they come back ` +
        'under the same ids when the district connects again.',
      init,
    );
    this.reason = reason;
  }
}
