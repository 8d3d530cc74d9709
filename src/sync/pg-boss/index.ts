/**
 * Spreads a sync over many processes by pg-boss, a job queue on PostgreSQL.
 *
 * @packageDocumentation
 */

export type { PgBossJob, PgBossLike, PgBossQueue } from './boss.js';
export { type PgBossEngineOptions, pgBossEngine } from './engine.js';
