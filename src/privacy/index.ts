export { conceal, inspectAs, REDACTED, showAs } from './conceal.js';
export { omissionOf, omitSensitive, withoutSensitiveFields } from './omit-sensitive.js';
export { plainWords } from './plain-words.js';
export { Secret, type SecretSource } from './secret.js';
