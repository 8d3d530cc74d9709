/** The numbers that `npm run bench:fleet` has measured last. */
import { readFileSync } from 'node:fs';

/** One district of `students`, and a fleet of idle ones: see bench/fleet.ts. */
export interface Measured {
  readonly machine: string;
  readonly students: number;
  /** Records of the district, by kind. */
  readonly rows: Readonly<Record<'users' | 'sections' | 'schools' | 'courses' | 'terms', number>>;
  readonly relationRows: number;
  readonly requests: {
    readonly idle: number;
    readonly events: number;
    readonly eventsChanged: number;
    readonly first: number;
    /** By the size of the page. */
    readonly full: Readonly<Record<'100' | '1000' | '10000', number>>;
  };
  /** With indexes. */
  readonly bytes: Readonly<
    Record<'perRecord' | 'perRelationRow' | 'perChange' | 'perRun' | 'perStagedRecord' | 'perJob', number>
  >;
  /** Bytes of PostgreSQL's log. */
  readonly wal: Readonly<Record<'perIdleRun' | 'perFirstRecord' | 'perEventChange' | 'perUnchangedRecord', number>>;
  /** Of an idle run, and of a thousand records. */
  readonly cpuMs: Readonly<
    Record<
      | 'idleWorker'
      | 'idleServer'
      | 'firstWorker'
      | 'firstServer'
      | 'eventWorker'
      | 'eventServer'
      | 'unchangedWorker'
      | 'unchangedServer',
      number
    >
  >;
  readonly idle: Readonly<
    Record<'statements' | 'statementsPgBoss' | 'milliseconds' | 'connections' | 'connectionsPgBoss', number>
  >;
  readonly memoryMb: Readonly<Record<'fleet' | 'large', number>>;
}

/** Reads them. */
export function readMeasured(): Measured {
  return JSON.parse(readFileSync(new URL('../../bench/fleet/measured.json', import.meta.url), 'utf8')) as Measured;
}
