/* The errors that users meet, and what tells them apart. */
export * from './api.js';
export { CleverError, type CleverErrorCode, type CleverErrorInit, isCleverError } from './base.js';
export { CleverConfigError } from './config.js';
export * from './cursor.js';
export * from './district.js';
export * from './guards.js';
export * from './oauth.js';
export * from './pagination.js';
export * from './transport.js';
export * from './validation.js';
