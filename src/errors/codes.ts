/* The vocabulary of the errors: every `code`, and every `reason` within a code. */

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
  | 'cursor_expired';

/** Why there was no usable response. */
export type ConnectionFailureReason =
  /** No answer at all: DNS, refused, reset before the headers. */
  | 'network'
  /** The answer broke off in the middle of its body. */
  | 'body'
  /** The answer was complete and successful, and not JSON: an HTML page of a proxy, or cut text. */
  | 'not_json'
  /** JSON, and not in an envelope of Clever's. */
  | 'envelope'
  /** A redirect: the SDK follows none, because the bearer token must not travel. */
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
  /** Neither a code nor an error. */
  | 'code_missing'
  /** A parameter appears twice or is too long, or the URL is not one. */
  | 'malformed';

/** Why an id_token was not trusted. */
export type IdTokenFailureReason =
  /** Not a signed JWT, or without the claims it must have. */
  | 'malformed'
  /** Signed by another algorithm than RS256, or by none. */
  | 'algorithm'
  /** Signed by a key that the provider does not publish. */
  | 'unknown_key'
  /** The signature does not fit. */
  | 'signature'
  | 'issuer'
  /** Made for another app. */
  | 'audience'
  /** Past its end, or not begun. */
  | 'expired'
  /** Not the nonce that the login was begun with. */
  | 'nonce'
  /** It names another person than the access token does. */
  | 'subject'
  /** No id_token came, although the client wants one. */
  | 'missing';

/** How it showed that a district is gone. */
export type DistrictDisconnectedReason =
  /** The app's token list does not have the district. */
  | 'not_listed'
  /** Clever refused a token that it had just handed out. */
  | 'unauthorized'
  /** Clever does not find the district, or any of its collections, with the district's own token. */
  | 'not_found';

/** Why a listing stopped. */
export type PaginationFailureReason =
  /** A `next` link led to a page that was already read. */
  | 'repeated_link'
  /** A `next` link led to another origin or another listing: the token is not sent there. */
  | 'foreign_link'
  /** `toArray` met more records than `maxItems`. */
  | 'max_items'
  /** A parallel reading met records whose ids do not ascend, so that it cannot know which it has read. */
  | 'unordered'
  /** `from` is not a cursor of this listing. */
  | 'invalid_cursor';
