export { defineInspect, hideAccessors, hideFromInspect, hideMembers, REDACTED } from './inspect.js';
export { omissionOf, omitSensitive, withoutSensitiveFields } from './omit.js';
export {
  NO_SENSITIVE_FIELDS,
  type SensitiveFieldsChoice,
  type SensitiveFieldsIn,
  type SensitiveFieldsOption,
  sensitiveFieldsIn,
} from './option.js';
export { Secret, type SecretSource } from './secret.js';
export { SENSITIVE_FIELDS, type SensitiveField } from './sensitive-fields.js';
