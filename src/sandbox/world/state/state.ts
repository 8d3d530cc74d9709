import { defineInspect } from '../../../privacy/index.js';
import { copyJson } from '../../roster/copy-json.js';
import { SandboxError } from '../../roster/error.js';
import { KINDS } from '../../roster/records.js';
import type { ResolvedSource } from '../../roster/sources.js';
import type { RosterStore } from '../../roster/store/store.js';
import type { Clock } from '../clock.js';
import type { District } from '../district.js';
import type { World } from '../world.js';
import {
  FORMAT,
  type SandboxState,
  type SavedDistrict,
  type SavedState,
  stateSchema,
  VERSION,
} from './state-schema.js';

/** Which sandbox a state is of. */
interface Origin {
  readonly seed: number;
  readonly sources: readonly ResolvedSource[];
}

/** Everything that has changed in a world since its beginning. */
export function saveState(world: World, clock: Clock, { seed, sources }: Origin): SandboxState {
  const state: SavedState = {
    ...{ format: FORMAT, version: VERSION, seed, aheadMs: clock.aheadMs, events: world.eventSwitch.isOn },
    districts: world.districts.map((district, index) => saveDistrict(world, district, sources[index])),
    ...world.grants.save(),
    sessions: world.sessions.save(),
  };
  // A copy: what happens in the sandbox afterwards is no part of it.
  const copy = copyJson(state) as unknown as SandboxState;
  return defineInspect(copy, () => ({ format: FORMAT, version: VERSION, districts: state.districts.length }), {
    keepsJson: true,
  });
}

/** Brings a world that has just been made to where another one was. */
export function loadState(world: World, clock: Clock, state: SavedState): void {
  clock.advance(state.aheadMs);
  world.eventSwitch.isOn = state.events;
  for (const [index, saved] of state.districts.entries()) {
    const district = world.districts[index];
    if (district !== undefined) {
      loadDistrict(world, district, saved);
    }
  }
  world.grants.load(state);
  world.sessions.load(state.sessions);
}

/**
 * Reads a state, all of it before any of it counts.
 *
 * @throws {@link SandboxError} saying what is wrong with it, and nothing of what is in it.
 */
export function readState(given: unknown, { seed, sources }: Origin): SavedState {
  const { format, version } = (given ?? {}) as Partial<Record<string, unknown>>;
  if (format !== FORMAT) {
    throw new SandboxError(
      '`state` is no state of a sandbox: pass what `snapshot()` gave, parsed if it was kept as JSON.',
    );
  }
  if (version !== VERSION) {
    const which = typeof version === 'number' ? `version ${version}` : 'an unknown version';
    throw new SandboxError(
      `\`state\` is of ${which}, and this clever-sdk reads version ${VERSION}: use the clever-sdk that wrote it, or start without it.`,
    );
  }
  const read = stateSchema.safeParse(copyOf(given));
  if (!read.success) {
    const where = read.error.issues[0]?.path.join('.') ?? '';
    throw new SandboxError(`\`state\` is damaged at \`${where}\`: start without it, or from an earlier one.`);
  }
  assertOrigin(read.data, seed, sources);
  return read.data;
}

/** A copy, so that nothing the caller does to the state afterwards changes what is served. */
function copyOf(given: unknown): unknown {
  try {
    return structuredClone(given);
  } catch {
    throw new SandboxError('`state` must be JSON, as `snapshot()` gave it.');
  }
}

function assertOrigin(state: SavedState, seed: number, sources: readonly ResolvedSource[]): void {
  if (state.seed !== seed) {
    throw new SandboxError(
      `\`state\` is of a sandbox with \`seed\` ${state.seed}, and this one has ${seed}: use the same options, or start without it.`,
    );
  }
  const isSame = ({ id, begins }: SavedDistrict, index: number): boolean => {
    const store = sources[index]?.makeStore();
    return store !== undefined && idOf(store) === id && KINDS.every((kind) => store.count(kind) === begins[kind]);
  };
  if (state.districts.length !== sources.length || !state.districts.every(isSame)) {
    throw new SandboxError(
      '`state` is of a sandbox with other districts: use the same options (`districts`, `students`), or start without it.',
    );
  }
  const known = new Set(state.districts.map(({ id }) => id));
  if ([...state.userTokens, ...state.sessions].some(({ districtId }) => !known.has(districtId))) {
    throw new SandboxError('`state` is damaged: it has logins of a district that it does not have. Start without it.');
  }
}

function saveDistrict(world: World, district: District, source: ResolvedSource | undefined): SavedDistrict {
  const beginning = source?.makeStore();
  const counts = KINDS.map((kind) => [kind, beginning?.count(kind) ?? 0] as const);
  return {
    id: district.id,
    begins: Object.fromEntries(counts) as SavedDistrict['begins'],
    connection: district.app.save(),
    roster: district.roster.save(),
    pauses: district.pauses.save(),
    createdRecords: district.ids.count,
    events: district.events.save(),
    assignments: district.assignments.save(),
    attendance: district.attendance.save(),
    installs: world.installs.of(district),
  };
}

function loadDistrict(world: World, district: District, saved: SavedDistrict): void {
  district.app.load(saved.connection);
  district.roster.load(saved.roster);
  district.pauses.load(saved.pauses);
  district.ids.skip(saved.createdRecords);
  district.events.load(saved.events);
  district.assignments.load(saved.assignments);
  district.attendance.load(saved.attendance);
  for (const teacher of saved.installs) {
    world.installs.add(district, teacher);
  }
}

function idOf(store: RosterStore): string | undefined {
  return store.page('districts', { limit: 1 }).records[0]?.id;
}
