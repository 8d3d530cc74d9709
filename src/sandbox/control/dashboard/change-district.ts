import { SandboxError } from '../../roster/error.js';
import type { SandboxDistrict } from '../../world/sandbox-district.js';
import { ROSTER_TRIGGERS } from '../trigger/roster-triggers.js';
import type { TriggerTarget } from '../trigger/trigger.js';
import type { Action } from './actions.js';
import { CHANGE_MENU, type ChangeName } from './change-menu.js';
import type { Notice } from './notices.js';

/** What a district's admins can do with one click, by the name that the button sends. */
const CLICKS: Readonly<Record<string, readonly [notice: Notice, act: (owner: SandboxDistrict) => unknown]>> = {
  connect: ['connected', (owner) => owner.connect()],
  disconnect: ['disconnected', (owner) => owner.disconnect()],
  rotate: ['rotated', (owner) => owner.rotateToken()],
  pause: ['paused', (owner) => owner.pause()],
  resume: ['resumed', (owner) => owner.resume()],
};

/**
 * `POST /sandbox/districts`: does what the district's admins do with a click, or changes the roster of the
 * district.
 */
export const changeDistrict: Action = ({ district_id: id, click, change }, control, world) => {
  const district = world.districts.find((candidate) => candidate.id === id);
  if (district === undefined) {
    return { notice: 'unknown', tab: 'districts' };
  }
  const owner = control.district(district.id);
  const chosen = typeof click === 'string' && Object.hasOwn(CLICKS, click) ? CLICKS[click] : undefined;
  if (chosen !== undefined) {
    const [notice, act] = chosen;
    return {
      notice: isPossible(() => act(owner)) ? notice : 'impossible',
      tab: 'districts',
      districtId: district.id,
    };
  }
  return { ...changeRoster({ world, control, district, owner }, change), tab: 'changes', districtId: district.id };
};

function changeRoster(
  target: TriggerTarget,
  change: string | undefined,
): { readonly notice: Notice; readonly events?: number } {
  if (change === undefined || !isOnTheMenu(change)) {
    return { notice: 'unknown' };
  }
  const { events } = target.district;
  const before = events.ids().length;
  const isDone = isPossible(() => ROSTER_TRIGGERS[change].act(target, {}));
  return isDone ? { notice: 'changed', events: events.ids().length - before } : { notice: 'impossible' };
}

function isOnTheMenu(name: string): name is ChangeName {
  return Object.hasOwn(CHANGE_MENU, name);
}

/**
 * Runs an action and returns whether it was possible: a district may have no second school, no contact or
 * no token.
 */
function isPossible(act: () => unknown): boolean {
  try {
    act();
    return true;
  } catch (error) {
    if (error instanceof SandboxError) {
      return false;
    }
    throw error;
  }
}
