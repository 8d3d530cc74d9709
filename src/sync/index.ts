/**
 * Keeps a database in step with Clever. Needs Node.
 *
 * @packageDocumentation
 */

export * from './store/index.js';
