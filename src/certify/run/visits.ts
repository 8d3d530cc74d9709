import type { DistrictSource } from '../../sandbox/index.js';
import { PeopleMaker } from '../clever/people.js';
import type { World } from '../clever/world.js';
import type { VisitProbe, VisitScene } from '../probes/probe.js';
import type { Finding } from '../verdict.js';
import type { Session } from './session.js';

/** Small, because every person of a probe is made for it. */
const DISTRICTS: readonly DistrictSource[] = [
  { name: 'North Unified', students: 30 },
  { name: 'South Unified', students: 30 },
  { name: 'East Unified', students: 30, connection: 'library' },
];

/** Opens the world in which all probes that visit the app run. */
export function openVisitWorld(session: Session): World {
  return session.stage.openWorld(DISTRICTS);
}

/** Runs a probe that visits the app, and leaves the world without faults. */
export async function visit(
  session: Session,
  probe: VisitProbe,
  { world, hasFailed }: { readonly world: World; readonly hasFailed: (id: string) => boolean },
): Promise<Finding> {
  const [north, south, library] = world.districts;
  if (north === undefined || south === undefined || library === undefined) {
    throw new TypeError('The world of visits has three districts.');
  }
  const scene: VisitScene = {
    app: session.app,
    stage: session.stage,
    world,
    north,
    south,
    library,
    people: new PeopleMaker(session.resolved.seed, probe.id),
    options: session.options,
    newVisitor: () => session.newVisitor(),
    hasFailed,
    roster: () => session.roster(),
  };
  try {
    return await probe.run(scene);
  } finally {
    world.sandbox.faults.clear();
    await session.closeVisitors();
  }
}
