import { defineInspect } from '../../../privacy/index.js';
import { copyJson } from '../../roster/copy-json.js';
import { KINDS } from '../../roster/records.js';
import type { ResolvedSource } from '../../roster/sources.js';
import type { Secrets } from '../access/secrets.js';
import type { Clock } from '../clock.js';
import type { District } from '../district.js';
import type { World } from '../world.js';
import type { Origin } from './read-state.js';
import { FORMAT, type SandboxState, type SavedDistrict, type SavedState, VERSION } from './state-schema.js';

/** What a world began with. */
interface Beginning extends Origin {
  readonly secrets: Secrets;
}

/** Returns everything that has changed in a world since its beginning. */
export function saveState(world: World, clock: Clock, { seed, sources, secrets }: Beginning): SandboxState {
  const state: SavedState = {
    format: FORMAT,
    version: VERSION,
    seed,
    aheadMs: clock.aheadMs,
    events: world.eventSwitch.isOn,
    redirectUris: world.redirectUris.save(),
    secrets: {
      clientSecret: secrets.clientSecret ?? null,
      tokens: secrets.tokens.map((token) => token ?? null),
    },
    districts: world.districts.map((district, index) => saveDistrict(world, district, sources[index])),
    ...world.grants.save(),
    sessions: world.sessions.save(),
  };
  // A copy, so that later changes in the sandbox do not affect it.
  const copy = copyJson(state) as unknown as SandboxState;
  return defineInspect(copy, () => ({ format: FORMAT, version: VERSION, districts: state.districts.length }), {
    keepsJson: true,
  });
}

/** Brings a new world to a saved state. */
export function loadState(world: World, clock: Clock, state: SavedState): void {
  clock.advance(state.aheadMs);
  world.eventSwitch.isOn = state.events;
  world.redirectUris.load(state.redirectUris ?? []);
  for (const [index, saved] of state.districts.entries()) {
    const district = world.districts[index];
    if (district !== undefined) {
      loadDistrict(world, district, saved);
    }
  }
  world.grants.load(state);
  world.sessions.load(state.sessions);
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
