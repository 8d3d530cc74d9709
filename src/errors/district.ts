import { CleverError, type CleverErrorInit } from './base.js';
import type { ReasonEntry } from './catalogue/entry.js';
import type { DistrictDisconnectedReason } from './codes.js';
import { messageOf } from './message.js';

/**
 * A district is no longer connected to the app, or never was. Clever shows this in one of three ways, all
 * of which throw this error: a missing entry in the token list, a 401 or a 404.
 *
 * Source: dev.clever.com/docs/error-messages; that the entry disappears is inferred.
 */
export class CleverDistrictDisconnectedError extends CleverError<'district_disconnected'> {
  override get name(): string {
    return 'CleverDistrictDisconnectedError';
  }

  /** How the SDK noticed. */
  readonly reason: DistrictDisconnectedReason;

  constructor(entry: ReasonEntry<DistrictDisconnectedReason>, init?: CleverErrorInit) {
    super('district_disconnected', messageOf(entry), init, entry.reason);
    this.reason = entry.reason;
  }
}
