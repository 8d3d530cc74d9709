import type { DistrictSource } from '../../../sandbox/index.js';
import type { PeopleMaker } from '../../clever/people.js';
import { emptyDistrict } from '../../clever/school-maker.js';
import { readShared } from '../../clever/shared.js';
import { fail, pass } from '../findings.js';
import type { SyncProbe, SyncScene } from '../probe.js';
import { fillOrdinary, oneDistrict } from './ordinary.js';
import { listed, look, lookBefore } from './snapshot.js';

/** Clever's own, for a request without `limit`. */
const DEFAULT_LIMIT = 100;
/** How many records are after the first page at most, so that large pages cost no minutes. */
const MOST_BEYOND = 150;
const KINDS = ['schools', 'terms', 'courses', 'sections', 'users'] as const;
type ListKind = (typeof KINDS)[number];

/** Lists of several pages: by the page size that the app has asked for itself. */
export const allPages: SyncProbe = {
  kind: 'sync',
  id: 'sync.all-pages',
  company: 'none',
  needs: ['sync', 'roster'],
  after: ['sync.on-demand'],
  districts: oneDistrict,
  async *run(scene) {
    const [small] = scene.districts;
    fillOrdinary(scene, small);
    const { mark } = yield 'sync';
    const { keeps } = await lookBefore(scene, small);
    const sizes = pageSizes(scene, mark);
    const world = scene.stage.openWorld([largeDistrict(scene.people, sizes)]);
    const [large] = world.districts;
    if (large === undefined) {
      throw new TypeError('The world has no district.');
    }
    const outcome = yield 'sync';
    const shared = await readShared(world, large);
    const { known } = await look({ ...scene, world }, large);
    const wanted = [...shared.records.values()].filter(keeps);
    const missing = wanted.filter(({ id }) => !known.isActive(id));
    const pages = `The app reads ${KINDS.flatMap((kind) => (sizes.has(kind) ? `${kind} by ${sizes.get(kind)}` : [])).join(', ')}.`;
    return missing.length === 0
      ? pass(`${pages} All of ${listed(wanted)} are in the roster: each list had several pages.`)
      : fail([pages, `Each list had several pages. Not in the roster: ${listed(missing)}.`, outcome.text]);
  },
};

/** The page size of each list that the app reads. */
function pageSizes({ stage }: SyncScene, mark: number): ReadonlyMap<ListKind, number> {
  const sizes = new Map<ListKind, number>();
  for (const { path, query } of stage.witness.since(mark).calls) {
    const kind = KINDS.find((candidate) => path.endsWith(`/${candidate}`));
    // One record is asked for to find out whether there is any, or how many.
    const limit = Number(query.get('limit') ?? DEFAULT_LIMIT);
    if (kind !== undefined && !query.has('count') && Number.isSafeInteger(limit) && limit > 1) {
      sizes.set(kind, Math.max(limit, sizes.get(kind) ?? 0));
    }
  }
  return sizes;
}

function largeDistrict(people: PeopleMaker, sizes: ReadonlyMap<ListKind, number>): DistrictSource {
  const countOf = (kind: ListKind): number => {
    const size = sizes.get(kind) ?? DEFAULT_LIMIT;
    return Math.min(Math.ceil(size * 2.5), size + MOST_BEYOND);
  };
  const source = emptyDistrict(people, 'Large');
  const district = 'district' in source ? source.district.id : '';
  const stamp = new Date().toISOString();
  const many = <Made>(kind: ListKind, make: (id: string, place: number) => Made): Made[] =>
    Array.from({ length: countOf(kind) }, (_, place) => make(people.newId(), place));
  const schools = many('schools', (id, place) => ({
    id,
    district,
    name: `School ${place}`,
    sis_id: `s${place}`,
    school_number: `s${place}`,
    created: stamp,
    last_modified: stamp,
  }));
  const terms = many('terms', (id, place) => ({
    id,
    district,
    name: `Term ${place}`,
    start_date: '2026-08-17',
    end_date: '2027-06-11',
  }));
  const courses = many('courses', (id, place) => ({ id, district, name: `Course ${place}`, number: `c${place}` }));
  const users = many('users', (id, place) => {
    const school = schools[place % schools.length]?.id ?? '';
    const role = { school, schools: [school], sis_id: `u${place}` };
    return {
      id,
      district,
      name: { first: 'Pat', last: `Number-${place}` },
      email: `pat.${place}@${district}.example`,
      created: stamp,
      last_modified: stamp,
      roles: place === 0 ? { teacher: role } : { student: { ...role, grade: '5', enrollments: [] } },
    };
  });
  const teacher = users[0]?.id ?? '';
  const sections = many('sections', (id, place) => ({
    id,
    district,
    school: schools[place % schools.length]?.id ?? '',
    name: `Section ${place}`,
    sis_id: `x${place}`,
    subject: 'math',
    teacher,
    teachers: [teacher],
    students: [users[1 + (place % (users.length - 1))]?.id ?? ''],
    course: courses[place % courses.length]?.id ?? '',
    term_id: terms[place % terms.length]?.id ?? '',
    created: stamp,
    last_modified: stamp,
  }));
  return { ...source, schools, terms, courses, users, sections } as DistrictSource;
}
