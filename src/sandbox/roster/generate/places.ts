import { Random } from '../random.js';
import type { AnyRecord, UserRecord } from '../records.js';
import { SCHOOL_YEAR, timestamps } from './calendar.js';
import type { Maker } from './maker.js';
import { makeName, plainLetters } from './names.js';

const PLACES = [
  'Riverbend',
  'Cedar Hill',
  'Lakeside',
  'Piñon Valley',
  'Maple Grove',
  "King's Crossing",
  'Saltmarsh',
] as const;

/** The learning management systems of districts, chosen by the seed. */
const LMS_TYPES = ['canvas', 'schoology', 'google_classroom'] as const;

/** Makes a name for a district that was not given one. */
export function makeDistrictName(seed: number): string {
  return `#DEMO ${new Random(seed, 'district').pick(PLACES)} Sandbox ISD`;
}

/** Makes the district's own record. Its contact is a district admin, under the admin's old id (observed). */
export function makeDistrict(maker: Maker, name: string, contact: UserRecord): AnyRecord {
  return {
    login_methods: ['Clever Badges', 'Clever Passwords'],
    sis_type: 'sftp',
    state: 'running',
    error: '',
    last_sync: '2026-08-02T06:10:00.000Z',
    portal_url: `https://clever.com/in/sandbox-${maker.district.slice(8, 18)}`,
    district_contact: {
      district: maker.district,
      email: contact.email ?? '',
      name: { first: contact.name.first ?? '', last: contact.name.last ?? '' },
      title: contact.roles.district_admin?.['title'] ?? '',
      id: contact.roles.district_admin?.legacy_id ?? '',
    },
    name,
    launch_date: SCHOOL_YEAR.first,
    lms_state: 'success',
    lms_type: LMS_TYPES[maker.seed % LMS_TYPES.length] ?? 'canvas',
    last_attendance_sync: '2026-08-02T06:20:00.000Z',
    id: maker.district,
  };
}

/** Makes the school at a position of the district. */
export function makeSchool(maker: Maker, index: number): AnyRecord {
  const random = new Random(maker.seed, 'school', index);
  const { level } = maker.plan.school(index);
  const principal = makeName(random);
  const number = `SB${String(index + 1).padStart(3, '0')}`;
  const hasPrincipal = index % 4 !== 3;
  return {
    district: maker.district,
    ext: { charter_school: index % 3 === 2 ? '' : 'N' },
    high_grade: level.grades.at(-1) ?? '',
    location: { address: `${1 + index} School Street`, city: 'Exampleton', state: 'NY', zip: '00501' },
    low_grade: level.grades[0] ?? '',
    name: `${PLACES[index % PLACES.length]} ${level.name}${index < PLACES.length ? '' : ` ${index + 1}`}`,
    phone: `(555) 010-${random.digits(4)}`,
    principal: hasPrincipal
      ? { email: `${plainLetters(principal.last)}@schools.example.org`, name: `${principal.first} ${principal.last}` }
      : { email: '', name: '' },
    school_number: number,
    sis_id: number,
    ...(index % 2 === 0 ? { state_id: random.digits(5) } : {}),
    ...timestamps(60_000 + index),
    id: maker.ids.id('schools', index),
  };
}
