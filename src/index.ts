/**
 * The client, its errors and types, and the few functions on values that most apps use. All other known
 * values and functions are in `clever-sdk/values`, the zod schemas in `clever-sdk/schemas`, and the sandbox
 * in `clever-sdk/sandbox`.
 *
 * @packageDocumentation
 */

export {
  type NodeExchange,
  type NodeRequest,
  type NodeResponse,
  toNodeHandler,
  type WebHandler,
} from './adapters/node.js';
export {
  type CleverClient,
  type CleverTokenClient,
  createCleverClient,
  type Deferrable,
  type DistrictIdOptions,
  type TokenOptions,
  type TokenSource,
  type VersionOption,
} from './client.js';
export { type AppClientOptions, CLIENT_DEFAULTS, type CleverClientOptions, type TokenClientOptions } from './config.js';
export { type CleverEnvOptions, cleverOptionsFromEnv } from './environment.js';
export * from './errors/index.js';
export { diffDistrictTokens } from './oauth/diff-district-tokens.js';
export type {
  AuthorizationUrl,
  AuthorizationUrlOptions,
  CallbackInput,
  CallbackRequest,
  CleverEntryAnswer,
  CleverEntryFailure,
  CleverEntryOptions,
  CleverEntryStart,
  CleverIdentity,
  CleverLogin,
  CleverOAuth,
  CookieSecret,
  DistrictTokensDiff,
  DistrictTokensOptions,
  ExchangeCallbackOptions,
  HandlerOptions,
  HookContext,
  IdentifyOptions,
  IdentityRole,
  IdTokenClaims,
  IdTokenExpectations,
  InstantLoginUrlOptions,
  LoginFailure,
  LoginOptions,
  LoginRepeat,
  LoginResult,
  OidcOptions,
  ProviderMetadata,
  StartOptions,
  StoredDistrictToken,
} from './oauth/index.js';
export { cleverEntry } from './oauth/login/entry.js';
export type { ListOptions, ListPage, Paginated, ToArrayOptions } from './pagination/index.js';
export type { HarmlessCause } from './privacy/harmless-cause.js';
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
  IgnoredWaitEvent,
  IrregularPageEvent,
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
// Each from its own file: a bundler keeps the whole of what an import of the barrel reaches.
export { compact } from './values/compact.js';
export { parseDob } from './values/dates.js';
export { describeAccess } from './values/describe-access.js';
export { isKnownEvent, type KnownEventType } from './values/events.js';
export { normalizeGrade } from './values/grade.js';
export type {
  AccessDescription,
  AccessLevel,
  AccessSubject,
  AssigneeMode,
  AssignmentState,
  AttendanceStatus,
  AttendanceType,
  Authorizer,
  Compact,
  DisabilityCode,
  DisabilityType,
  DistrictState,
  FrlStatus,
  Gender,
  Grade,
  GradingType,
  HomeLanguage,
  HomeLanguageCode,
  KnownGrade,
  KnownSubject,
  LmsObstacle,
  LmsObstacleCode,
  LmsReadiness,
  LmsState,
  LmsType,
  LoginMethod,
  MissingAccess,
  Normalized,
  OpenEnum,
  PhoneType,
  PlainDate,
  Race,
  Relationship,
  RelationshipType,
  Role,
  Subject,
  SubmissionFlag,
  SubmissionState,
  SubmissionType,
  UserType,
  VisibleRecords,
  YesNo,
} from './values/index.js';
export { ROLE_ORDER } from './values/roles.js';
export { normalizeSubject } from './values/subject.js';
