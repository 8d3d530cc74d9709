import { isOneOf } from './known.js';

/** The type of an event that Clever documents for API v3. */
export type KnownEventType =
  `${'courses' | 'districts' | 'resources' | 'schools' | 'sections' | 'terms' | 'users'}.${'created' | 'updated' | 'deleted'}`;

const COLLECTIONS = ['courses', 'districts', 'resources', 'schools', 'sections', 'terms', 'users'] as const;

/** Every event type that Clever documents for API v3. Source: the official v3.1 specification. */
export const KNOWN_EVENT_TYPES: readonly KnownEventType[] = /* @__PURE__ */ (() =>
  COLLECTIONS.flatMap(
    (collection) => [`${collection}.created`, `${collection}.updated`, `${collection}.deleted`] as const,
  ))();

/**
 * Checks whether an event has a type that Clever documents. `events.list()` also delivers events of other types,
 * because Clever may add some without notice.
 */
export function isKnownEvent<Event extends { readonly type: string }>(
  event: Event,
): event is Extract<Event, { type: KnownEventType }> {
  return isOneOf(KNOWN_EVENT_TYPES, event.type);
}
