import type { Shared } from '../../clever/shared.js';
import { fail, pass } from '../findings.js';
import { NotTried, type SyncProbe, type SyncScene } from '../probe.js';
import { linkText } from './known-roster.js';
import { fillOrdinary, oneDistrict } from './ordinary.js';
import { look, lookBefore, type Snapshot } from './snapshot.js';

/** Who is in a section changes in each way; the app's enrollments are Clever's. */
export const links: SyncProbe = {
  kind: 'sync',
  id: 'sync.links',
  needs: ['sync', 'roster'],
  after: ['sync.on-demand'],
  districts: oneDistrict,
  async *run(scene: SyncScene) {
    const [district] = scene.districts;
    const { teachers, students, sections } = fillOrdinary(scene, district);
    const [first = '', second = '', third = '', fourth = ''] = sections;
    yield 'sync';
    const before = await lookBefore(scene, district);
    if (!before.known.hasLinks) {
      throw new NotTried(
        'Let the roster command print who is in which section: {"kind": "enrollment", "sectionId", "userId", "role": "student" or "teacher", "active"}.',
      );
    }
    const atFirst = differentLinks(before);
    if (atFirst.length > 0) {
      return fail(['After the first sync:', ...atFirst]);
    }
    district.changes.unenroll({ student: students[0] ?? '', section: first });
    district.changes.enroll({ student: students[0] ?? '', section: second });
    district.changes.addTeacher({ teacher: teachers[1] ?? '', section: first });
    district.changes.replacePrimaryTeacher({ teacher: teachers[0] ?? '', section: third });
    district.changes.replacePrimaryTeacher({ teacher: teachers[1] ?? '', section: fourth, keepPrevious: true });
    const outcome = yield 'sync';
    const wrong = differentLinks(await look(scene, district));
    return wrong.length === 0
      ? pass(
          'A student left and one joined, a co-teacher came, primary teachers changed: all enrollments are Clever’s.',
        )
      : fail(['A student left and one joined, a co-teacher came, primary teachers changed.', ...wrong, outcome.text]);
  },
};

function differentLinks({ shared, known }: Snapshot): string[] {
  const wanted = new Set(shared.links.map(linkText));
  const has = new Set(known.linksOf(sectionsOf(shared)));
  const missing = [...wanted].filter((link) => !has.has(link));
  const extra = [...has].filter((link) => !wanted.has(link));
  return [
    ...(missing.length === 0 ? [] : [`The app lacks ${counted(missing)}.`]),
    ...(extra.length === 0 ? [] : [`The app has ${counted(extra)} that have ended at Clever.`]),
  ];
}

function sectionsOf({ records }: Shared): ReadonlySet<string> {
  return new Set([...records.values()].filter(({ kind }) => kind === 'sections').map(({ id }) => id));
}

function counted(links: readonly string[]): string {
  const teachers = links.filter((link) => link.endsWith('teacher')).length;
  const students = links.length - teachers;
  return [
    ...(students === 0 ? [] : [`${students} ${students === 1 ? 'enrollment' : 'enrollments'} of students`]),
    ...(teachers === 0 ? [] : [`${teachers} ${teachers === 1 ? 'assignment' : 'assignments'} of teachers`]),
  ].join(' and ');
}
