/** The model of a fleet, from what `npm run bench:fleet` has measured. docs/guides/scale.md explains it. */
import type { Measured } from './measured.ts';

/** What is to be kept in step. */
export interface Fleet {
  readonly districts: number;
  /** In all districts. */
  readonly students: number;
  readonly syncsADay: number;
  /** The share of the records that change in a day, 0 to 1. */
  readonly changedADay: number;
  /** How often each district is read in full, in days. */
  readonly fullEveryDays: number;
  /** Records per request. */
  readonly pageSize: number;
  /** How long Clever takes for a request, in milliseconds. */
  readonly latencyMs: number;
  /** How long the change log and the runs are kept, in days. */
  readonly keepDays: number;
  /** Districts at once in a worker's process. */
  readonly concurrency: number;
}

/** What that takes. Rows, bytes and requests are of the whole fleet. */
export interface Needs {
  readonly records: number;
  readonly relationRows: number;
  readonly changeRows: number;
  readonly runRows: number;
  readonly runsADay: number;
  readonly fullRunsADay: number;
  readonly changesADay: number;
  readonly requestsADay: number;
  /** Of a full run of a district of average size. */
  readonly requestsOfFullRun: number;
  /** Seconds that one run by events takes, and one in full, of a district of average size. */
  readonly eventRunSeconds: number;
  readonly fullRunSeconds: number;
  /** How many districts run at once, on average. */
  readonly running: number;
  /** Processor cores that are busy, on average: of the workers, and of PostgreSQL. */
  readonly workerCores: number;
  readonly serverCores: number;
  readonly workers: number;
  readonly connections: number;
  readonly tableBytes: number;
  readonly walBytesADay: number;
  /** Core hours of the workers and of PostgreSQL to read everything for the first time, and the log's bytes. */
  readonly firstWorkerHours: number;
  readonly firstServerHours: number;
  readonly firstWalBytes: number;
}

const DAY_MS = 86_400_000;
const EVENTS_A_PAGE = 1_000;
/** The list of tokens is read every 15 minutes. */
const DISCOVERIES_A_DAY = 96;
/** Half of the capacity is left, so that a fleet catches up after an outage. */
const BUSY = 0.5;
/** A worker is not alone, so that a deploy or a machine that dies stops nothing. */
const FEWEST_WORKERS = 2;
/** Beside its districts, a worker looks for due ones and renews leases. */
const SPARE_CONNECTIONS = 2;

/** The requests of a full run of a district with so many students. */
export function requestsOfFullRun(measured: Measured, students: number, pageSize: number): number {
  const pages = (scale: number, size: number): number =>
    Object.values(measured.rows).reduce((sum, rows) => sum + Math.max(1, Math.ceil((rows * scale) / size)), 0);
  const fixed = measured.requests.full['1000'] - pages(1, 1_000);
  return fixed + pages(students / measured.students, pageSize);
}

/** Works out what a fleet needs. */
export function needsOf(measured: Measured, fleet: Fleet): Needs {
  const { bytes, cpuMs, wal } = measured;
  const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
  const perStudent = sum(Object.values(measured.rows)) / measured.students;
  const records = fleet.students * perStudent;
  const relationRows = (fleet.students * measured.relationRows) / measured.students;
  const changesADay = records * fleet.changedADay;
  const runsADay = fleet.districts * fleet.syncsADay;
  const fullRunsADay = fleet.districts / fleet.fullEveryDays;
  const eventRunsADay = Math.max(0, runsADay - fullRunsADay);
  const recordsOfOne = records / fleet.districts;
  const changesOfRun = changesADay / runsADay;

  // The district, and each page of its events: a full page is followed by one more.
  const requestsOfEventRun = 2 + Math.floor(changesOfRun / EVENTS_A_PAGE);
  const ofFullRun = requestsOfFullRun(measured, fleet.students / fleet.districts, fleet.pageSize);
  // Once a day the scopes of each token, because the district was synced at Clever.
  const requestsADay =
    eventRunsADay * requestsOfEventRun + fullRunsADay * ofFullRun + fleet.districts + DISCOVERIES_A_DAY;

  const perThousand = (count: number, ms: number): number => (count / 1_000) * ms;
  const eventRunMs =
    requestsOfEventRun * fleet.latencyMs +
    measured.idle.milliseconds +
    perThousand(changesOfRun, cpuMs.eventWorker + cpuMs.eventServer);
  const fullRunMs =
    ofFullRun * fleet.latencyMs + perThousand(recordsOfOne, cpuMs.unchangedWorker + cpuMs.unchangedServer);
  const running = (eventRunsADay * eventRunMs + fullRunsADay * fullRunMs) / DAY_MS;

  const readInFullADay = fullRunsADay * recordsOfOne;
  const workerCores =
    (runsADay * cpuMs.idleWorker +
      perThousand(changesADay, cpuMs.eventWorker) +
      perThousand(readInFullADay, cpuMs.unchangedWorker)) /
    DAY_MS;
  const serverCores =
    (runsADay * cpuMs.idleServer +
      perThousand(changesADay, cpuMs.eventServer) +
      perThousand(readInFullADay, cpuMs.unchangedServer)) /
    DAY_MS;
  const workers = Math.max(
    FEWEST_WORKERS,
    Math.ceil(workerCores / BUSY),
    Math.ceil(running / BUSY / fleet.concurrency),
  );

  const changeRows = changesADay * fleet.keepDays;
  const runRows = runsADay * fleet.keepDays;
  return {
    records,
    relationRows,
    changeRows,
    runRows,
    runsADay,
    fullRunsADay,
    changesADay,
    requestsADay,
    requestsOfFullRun: ofFullRun,
    eventRunSeconds: eventRunMs / 1_000,
    fullRunSeconds: fullRunMs / 1_000,
    running,
    workerCores,
    serverCores,
    workers,
    connections: workers * (fleet.concurrency + SPARE_CONNECTIONS),
    tableBytes:
      records * bytes.perRecord +
      relationRows * bytes.perRelationRow +
      changeRows * bytes.perChange +
      runRows * bytes.perRun +
      recordsOfOne * bytes.perStagedRecord * Math.max(1, running),
    walBytesADay:
      runsADay * wal.perIdleRun + changesADay * wal.perEventChange + readInFullADay * wal.perUnchangedRecord,
    firstWorkerHours: perThousand(records, cpuMs.firstWorker) / 3_600_000,
    firstServerHours: perThousand(records, cpuMs.firstServer) / 3_600_000,
    firstWalBytes: records * wal.perFirstRecord,
  };
}
