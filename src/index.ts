/**
 * The client, its errors and types, and the few functions on values that most apps use. All other known
 * values and functions are in `clever-sdk/values`, the zod schemas in `clever-sdk/schemas`, and the sandbox
 * in `clever-sdk/sandbox`.
 *
 * @packageDocumentation
 */

export { type NodeRequest, type NodeResponse, toNodeHandler, type WebHandler } from './adapters/node.js';
export {
  type CleverClient,
  type CleverTokenClient,
  createCleverClient,
  type DistrictIdOptions,
  type TokenOptions,
  type TokenSource,
  type VersionOption,
} from './client.js';
export { type AppClientOptions, CLIENT_DEFAULTS, type CleverClientOptions, type TokenClientOptions } from './config.js';
export * from './errors/index.js';
export { diffDistrictTokens } from './oauth/diff-district-tokens.js';
export type {
  AuthorizationUrl,
  AuthorizationUrlOptions,
  CallbackInput,
  CallbackRequest,
  CleverIdentity,
  CleverLogin,
  CleverOAuth,
  CookieSecret,
  DistrictTokensDiff,
  DistrictTokensOptions,
  ExchangeCallbackOptions,
  IdentifyOptions,
  IdentityRole,
  IdTokenClaims,
  IdTokenExpectations,
  InstantLoginUrlOptions,
  LoginFailure,
  LoginOptions,
  LoginResult,
  OidcOptions,
  ProviderMetadata,
  StartOptions,
  StoredDistrictToken,
} from './oauth/index.js';
export type { ListOptions, ListPage, Paginated, ToArrayOptions } from './pagination/index.js';
export type {
  SecretSource,
  SensitiveFieldsChoice,
  SensitiveFieldsIn,
  SensitiveFieldsOption,
} from './privacy/index.js';
export { type Redacted, type RedactOptions, redact } from './privacy/redact.js';
export type { Sensitivity, SensitivityKind } from './privacy/registry.js';
export type { SensitiveField } from './privacy/sensitive-fields.js';
export type { ValidationMode } from './records/index.js';
export type * from './resources/index.js';
export type * from './schemas/interfaces.js';
export { createMemoryRateBudget } from './transport/budget/store.js';
export type {
  ClientEvent,
  FetchFunction,
  PageEvent,
  RateBudgetChange,
  RateBudgetStore,
  RequestEvent,
  RequestOptions,
  ResponseEvent,
  RetryEvent,
  RetryOptions,
  ValidationEvent,
  WaitEvent,
} from './transport/index.js';
export {
  type AccessDescription,
  type AccessLevel,
  type AccessSubject,
  type AssigneeMode,
  type AssignmentState,
  type AttendanceStatus,
  type AttendanceType,
  type Authorizer,
  type Compact,
  compact,
  type DisabilityCode,
  type DisabilityType,
  type DistrictState,
  describeAccess,
  type FrlStatus,
  type Gender,
  type Grade,
  type GradingType,
  type HomeLanguage,
  type HomeLanguageCode,
  type KnownGrade,
  type KnownSubject,
  type LmsObstacle,
  type LmsObstacleCode,
  type LmsReadiness,
  type LmsState,
  type LmsType,
  type LoginMethod,
  type MissingAccess,
  type Normalized,
  normalizeGrade,
  normalizeSubject,
  type OpenEnum,
  type PhoneType,
  type PlainDate,
  parseDob,
  type Race,
  type Relationship,
  type RelationshipType,
  ROLE_ORDER,
  type Role,
  type Subject,
  type SubmissionFlag,
  type SubmissionState,
  type SubmissionType,
  type UserType,
  type VisibleRecords,
  type YesNo,
} from './values/index.js';
