import type { DistrictSource, SandboxDistrict } from '../../../sandbox/index.js';
import type { PeopleMaker } from '../../clever/people.js';
import { emptyDistrict, SchoolMaker } from '../../clever/school-maker.js';
import { type ApiCall, markOf } from '../../clever/witness.js';
import { NotTried, type SyncOutcome, type SyncScene } from '../probe.js';

/** A class in which assignments are written. */
export interface LmsClass {
  readonly district: SandboxDistrict;
  readonly section: string;
  readonly teacher: string;
}

export type LmsAction = 'create' | 'update' | 'delete';

/** What one run of the app's command did at Clever. */
export interface LmsRun {
  readonly outcome: SyncOutcome;
  /** Requests to write in this class. */
  readonly writes: readonly ApiCall[];
}

/** A district that is connected with an LMS, or is not yet. */
export function lmsDistrict(people: PeopleMaker, state = 'success'): DistrictSource {
  return emptyDistrict(people, 'Central', { lms_state: state, lms_type: 'schoology' });
}

/** One district that is ready. */
export const readyDistrict = (people: PeopleMaker): readonly [DistrictSource] => [lmsDistrict(people)];

/** Makes a class in a district. */
export function makeClass(scene: SyncScene, district: SandboxDistrict, isSynced = true): LmsClass {
  const make = new SchoolMaker(scene.people, district);
  const school = make.school('Lincoln School');
  const status = { lms_status: { synced_in_lms: isSynced } };
  const teacher = make.teacher(school, {}, status);
  const students = [1, 2, 3].map(() => make.student(school, {}, status));
  const section = make.section({ school, teacher, students, members: status });
  return { district, section, teacher };
}

/** Lets the app know the classes, where it has a sync. */
export function* learn({ options }: SyncScene): Generator<'sync', void, SyncOutcome> {
  if (options.syncCommand !== undefined) {
    yield 'sync';
  }
}

/** Runs the app's command once. */
export async function act(
  { stage, lms }: SyncScene,
  { district, section, teacher }: LmsClass,
  action: LmsAction,
  assignment: string,
): Promise<LmsRun> {
  const outcome = await lms({
    CLEVER_LMS_ACTION: action,
    CLEVER_ASSIGNMENT: assignment,
    CLEVER_DISTRICT_ID: district.id,
    CLEVER_SECTION_ID: section,
    CLEVER_TEACHER_ID: teacher,
  });
  const writes = stage.witness
    .since(outcome.mark)
    .calls.filter(
      ({ method, rawPath, tokenMark }) =>
        method !== 'GET' && rawPath.includes(`/sections/${section}/`) && tokenMark === markOf(district.token),
    );
  return { outcome, writes };
}

/**
 * Lets the app create an assignment, for probes of what comes next.
 *
 * @throws NotTried when it does not.
 */
export async function createFirst(scene: SyncScene, where: LmsClass, assignment: string): Promise<void> {
  const { outcome, writes } = await act(scene, where, 'create', assignment);
  if (!writes.some(isDone)) {
    throw new NotTried(
      `The app created no assignment, so nothing can be said about what happens next. ${outcome.text}`,
    );
  }
}

export function isDone({ status }: ApiCall): boolean {
  return status >= 200 && status < 300;
}

/** What was sent: `POST (200), PATCH (404)`. */
export function writesText(writes: readonly ApiCall[]): string {
  return writes.length === 0 ? 'nothing' : writes.map(({ method, status }) => `${method} (${status})`).join(', ');
}
