import { SandboxError } from '../../roster/error.js';
import { KINDS } from '../../roster/records.js';
import type { ResolvedSource } from '../../roster/sources.js';
import type { RosterStore } from '../../roster/store/store.js';
import { FORMAT, type SavedDistrict, type SavedState, stateSchema, VERSION } from './state-schema.js';

/** The sandbox that a state belongs to. */
export interface Origin {
  readonly seed: number;
  readonly sources: readonly ResolvedSource[];
}

/**
 * Reads a state, and checks all of it before it is used.
 *
 * @throws {@link SandboxError} saying what is wrong, without any content of the state.
 */
export function readState(given: unknown, { seed, sources }: Origin): SavedState {
  const { format, version } = (given ?? {}) as Partial<Record<string, unknown>>;
  if (format !== FORMAT) {
    throw new SandboxError(
      '`state` is not a sandbox state: pass what `snapshot()` returned, parsed if it was stored as JSON.',
    );
  }
  if (version !== VERSION) {
    const which = typeof version === 'number' ? `version ${version}` : 'an unknown version';
    throw new SandboxError(
      `\`state\` has ${which}, but this clever-sdk reads version ${VERSION}: use the clever-sdk that wrote it, or start without it.`,
    );
  }
  const read = stateSchema.safeParse(copyOf(given));
  if (!read.success) {
    const where = read.error.issues[0]?.path.join('.') ?? '';
    throw new SandboxError(`\`state\` is damaged at \`${where}\`: start without it, or use an earlier one.`);
  }
  assertOrigin(read.data, seed, sources);
  return read.data;
}

/** A copy, so that later changes of the caller's object do not change what is served. */
function copyOf(given: unknown): unknown {
  try {
    return structuredClone(given);
  } catch {
    throw new SandboxError('`state` must be JSON, as `snapshot()` returned it.');
  }
}

function assertOrigin(state: SavedState, seed: number, sources: readonly ResolvedSource[]): void {
  if (state.seed !== seed) {
    throw new SandboxError(
      `\`state\` belongs to a sandbox with \`seed\` ${state.seed}, but this one has ${seed}: use the same options, or start without it.`,
    );
  }
  const isSame = ({ id, begins }: SavedDistrict, index: number): boolean => {
    const store = sources[index]?.makeStore();
    return store !== undefined && idOf(store) === id && KINDS.every((kind) => store.count(kind) === begins[kind]);
  };
  if (state.districts.length !== sources.length || !state.districts.every(isSame)) {
    throw new SandboxError(
      '`state` belongs to a sandbox with other districts: use the same options (`districts`, `students`), or start without it.',
    );
  }
  const known = new Set(state.districts.map(({ id }) => id));
  if ([...state.userTokens, ...state.sessions].some(({ districtId }) => !known.has(districtId))) {
    throw new SandboxError('`state` is damaged: it has logins of a district that it does not have. Start without it.');
  }
}

function idOf(store: RosterStore): string | undefined {
  return store.page('districts', { limit: 1 }).records[0]?.id;
}
