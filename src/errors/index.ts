export { assertKnownKeys } from './config.js';
export * from './public.js';
