/* Every `code` of an error, and every `reason` within a code. */

/** Every value of {@link CleverError.code}. */
export type CleverErrorCode =
  | 'config'
  | 'api'
  | 'bad_request'
  | 'authentication'
  | 'permission'
  | 'not_found'
  | 'rate_limit'
  | 'server'
  | 'connection'
  | 'timeout'
  | 'oauth'
  | 'oauth_callback'
  | 'oauth_token'
  | 'oauth_id_token'
  | 'district_disconnected'
  | 'validation'
  | 'pagination'
  | 'cursor_expired'
  | SyncErrorCode;

/** Every `code` of an error of `clever-sdk/sync`. */
export type SyncErrorCode =
  /** The guard holds the plan. */
  | 'sync_held'
  /** Another run of the district is under way. */
  | 'sync_running'
  /** A run of a worker failed; the error that an engine is given. */
  | 'sync_failed'
  /** Another process has taken the district over. */
  | 'sync_lease_lost'
  /** The tables do not exist, or are of another version. */
  | 'sync_schema'
  /** A record belongs to another district of the mirror. */
  | 'sync_foreign_record'
  /** The token belongs to another district. */
  | 'sync_foreign_district'
  /** The hook threw. */
  | 'sync_hook'
  /** The hook did not end. */
  | 'sync_hook_timeout'
  /** The database refused a statement. */
  | 'sync_database'
  /** A listing and its count disagree. */
  | 'sync_incomplete'
  /** The run to approve does not exist, is not held, or has another plan by now. */
  | 'sync_unknown_run'
  /** The database that keeps the rate budget does not answer. */
  | 'sync_rate_budget'
  /** Another process has the folder of the embedded database open. */
  | 'sync_folder_locked'
  /** A kill left the folder of the embedded database incomplete. */
  | 'sync_folder_unusable'
  /** The embedded database is not installed. */
  | 'sync_pglite_missing'
  /** The engine of the sync, such as pg-boss, failed. */
  | 'sync_engine';

/** Why a request got no usable response. */
export type ConnectionFailureReason =
  /** No answer at all: the DNS lookup failed, or the connection was refused or reset before the headers. */
  | 'network'
  /** The answer ended in the middle of its body. */
  | 'body'
  /** The answer was complete and successful, but not JSON: a proxy's HTML page, or truncated text. */
  | 'not_json'
  /** The answer is longer than `maxResponseBytes`. */
  | 'too_large'
  /** The answer was JSON, but not in one of Clever's envelopes. */
  | 'envelope'
  /** A redirect, which the SDK does not follow, because the bearer token must not go to another server. */
  | 'redirect'
  | 'timeout';

/** Why a callback was refused. */
export type CallbackFailureReason =
  /** No `state`: the login began inside Clever (portal, Library, Instant Login link). */
  | 'state_missing'
  /** The `state` is not the one that was sent. */
  | 'state_mismatch'
  /** Clever sent an `error` instead of a code. */
  | 'denied'
  /** The callback has neither a code nor an error. */
  | 'code_missing'
  /** A parameter appears twice or is too long, or the URL is not valid. */
  | 'malformed';

/** Why an id_token was not trusted. */
export type IdTokenFailureReason =
  /** Not a signed JWT, or without the claims it must have. */
  | 'malformed'
  /** Signed with an algorithm other than RS256, or not at all. */
  | 'algorithm'
  /** Signed by a key that the provider does not publish. */
  | 'unknown_key'
  /** The signature does not match. */
  | 'signature'
  | 'issuer'
  /** Made for another app. */
  | 'audience'
  /** Expired, or not yet valid. */
  | 'expired'
  /** The nonce is not the one that the login started with. */
  | 'nonce'
  /** It names a different person than the access token does. */
  | 'subject'
  /** The login returned no id_token, although the client requires one. */
  | 'missing';

/** How the SDK noticed that a district is not connected. */
export type DistrictDisconnectedReason =
  /** The app's token list does not contain the district. */
  | 'not_listed'
  /** Clever refused a token that it had just issued. */
  | 'unauthorized'
  /** Clever answered 404 for the district or one of its collections, with the district's own token. */
  | 'not_found';

/** Why a listing stopped. */
export type PaginationFailureReason =
  /** A `next` link led back to a page that was already read. */
  | 'repeated_link'
  /** A page announced a following one, and not where it is. */
  | 'unreadable_link'
  /** A `next` link pointed to another origin or another listing, to which the token is not sent. */
  | 'foreign_link'
  /** `toArray` found more records than `maxItems`. */
  | 'max_items'
  /** The ids of the records are not in order, so the SDK cannot know which of them an earlier reading delivered. */
  | 'unordered'
  /** `from` is not a cursor of this listing. */
  | 'invalid_cursor';
