import { SandboxError } from '../../roster/error.js';
import type { PausedSync } from '../../world/changes/shared-roster.js';
import { type Trigger, type TriggerTarget, trigger } from './trigger.js';

/** What a district's admins can do with the app, and what happens to the sandbox as a whole. */
export const CONNECTION_TRIGGERS = {
  connect: trigger('district', {}, ({ district, owner }) => {
    const isChanged = district.appToken === undefined;
    owner.connect();
    return { isChanged, token: district.appToken?.value };
  }),
  disconnect: trigger('district', {}, ({ district, owner }) => {
    const isChanged = district.appToken !== undefined;
    owner.disconnect();
    return { isChanged };
  }),
  'rotate-token': trigger('district', {}, ({ district, owner }) => {
    owner.rotateToken();
    return { token: district.appToken?.value };
  }),
  pause: trigger('district', { sync: 'text', for: 'duration' }, ({ owner, district }, { sync, for: forMs }) => {
    const paused = syncOf(sync) ?? 'sis';
    const isChanged = !owner.paused.includes(paused);
    const endsAt = forMs === undefined ? {} : { endsAt: new Date(district.clock() + forMs) };
    const { updated, eventIds } = owner.pause({ sync: paused, ...endsAt });
    return { isChanged, updated: { ...updated }, eventIds };
  }),
  resume: trigger('district', { sync: 'text' }, ({ owner }, { sync }) => {
    const resumed = syncOf(sync);
    const isChanged = resumed === undefined ? owner.paused.length > 0 : owner.paused.includes(resumed);
    const { created, updated, deleted, eventIds } = owner.resume(resumed);
    return { isChanged, created: { ...created }, updated: { ...updated }, deleted: { ...deleted }, eventIds };
  }),
  advance: trigger('sandbox', { by: 'duration' }, ({ control }: TriggerTarget, { by }) => {
    if (by === undefined) {
      throw new SandboxError('`by` must be the milliseconds by which the clock is set forward.');
    }
    control.advance(by);
    return {};
  }),
  reset: trigger('sandbox', {}, ({ control }) => {
    control.reset();
    return {};
  }),
} as const satisfies Readonly<Record<string, Trigger>>;

function syncOf(text: string | undefined): PausedSync | undefined {
  if (text === undefined || text === 'sis' || text === 'app') {
    return text;
  }
  throw new SandboxError('`sync` must be sis or app.');
}
