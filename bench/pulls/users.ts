/** The number of different records. The others have the same content, with a different prefix in the ids. */
const POOL = 1_000;
const ID_STEP = 0x1_0000;
const FIRST_PREFIX = 0x5f00_0000;
const PLACEHOLDER = '5f000000';

const FIRST_NAMES = ['Aurelia', 'Benjamín', 'Chidi', 'Dagný', 'Émile', 'Fatima', 'Giulia', 'Håkon', 'Imani', 'Jun'];
const LAST_NAMES = ['Abernathy', 'Brücke', 'Castillo', 'Dubois', 'Eriksen', 'Fontaine', 'Garrity', 'Holm'];
const GRADES = ['Kindergarten', '1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11', '12'];

/** Returns the id of a record: ascending, 24 hexadecimal digits, the block in the first eight. */
export function idAt(index: number): string {
  const prefix = (FIRST_PREFIX + Math.floor(index / POOL)).toString(16);
  return prefix + ((index % POOL) * ID_STEP).toString(16).padStart(16, '0');
}

/** Returns how many records have this id or a smaller one. The id need not exist. */
export function countUpTo(id: string): number {
  const block = Number.parseInt(id.slice(0, 8), 16) - FIRST_PREFIX;
  const place = Math.min(POOL - 1, Math.floor(Number.parseInt(id.slice(8), 16) / ID_STEP));
  return block < 0 ? 0 : block * POOL + place + 1;
}

/**
 * The eight fields that need an additional grant from Clever, as a district that shares all of them would
 * send them.
 */
function sensitiveFields(index: number): object {
  return {
    disability: { disability_code: 'SLD', disability_status: 'Y', disability_type: 'Specific Learning Disability' },
    ell_status: index % 7 === 0 ? 'Y' : 'N',
    frl_status: 'Paid',
    gifted_status: 'N',
    home_language: 'English',
    home_language_code: 'eng',
    iep_status: 'N',
    section_504_status: 'N',
  };
}

/** An invented student in Clever's form, about 1.0 kB of JSON without the sensitive fields. */
export function user(index: number, isSensitive: boolean): object {
  const id = idAt(index);
  const first = FIRST_NAMES[index % FIRST_NAMES.length] ?? '';
  const last = LAST_NAMES[Math.floor(index / 10) % LAST_NAMES.length] ?? '';
  const number = String(100_000 + index);
  const schools = [`4f00000000000000000000${String(10 + (index % 80))}`];
  return {
    created: '2026-08-03T14:05:11.000Z',
    district: '4f0000000000000000000001',
    email: `student.${number}@example.com`,
    id,
    last_modified: '2026-08-19T07:42:30.000Z',
    name: { first, last, middle: 'Q' },
    roles: {
      student: {
        credentials: { district_username: `${first.toLowerCase()}.${number}` },
        dob: `${1 + (index % 12)}/${1 + (index % 28)}/20${10 + (index % 9)}`,
        email: `student.${number}@example.com`,
        enrollments: [{ school: schools[0], start_date: '2026-08-17', end_date: '2027-06-04' }],
        ext: { house: 'Falcon', bus_route: String(index % 40) },
        gender: index % 2 === 0 ? 'F' : 'M',
        grade: GRADES[index % GRADES.length],
        graduation_year: '2033',
        hispanic_ethnicity: 'N',
        location: {
          address: `${index} Chestnut Street`,
          city: 'Springfield',
          state: 'NY',
          zip: '12345',
          lat: '',
          lon: '',
        },
        race: '',
        school: schools[0],
        schools,
        sis_id: number,
        state_id: `NY${number}`,
        student_number: number,
        unweighted_gpa: '3.25',
        weighted_gpa: '3.5',
        ...(isSensitive ? sensitiveFields(index) : {}),
      },
    },
  };
}

function event(index: number, isSensitive: boolean): object {
  const object = user(index, isSensitive);
  const previous_attributes = { roles: { student: { grade: 'Kindergarten' } } };
  return {
    created: '2026-08-19T07:42:30.000Z',
    data: { object, previous_attributes },
    id: idAt(index),
    type: 'users.updated',
  };
}

/** Records as text, which can be copied into pages of any size. */
export class RecordPool {
  readonly #bytes: Buffer;
  /** The position where each record begins, and the end of the last one. */
  readonly #starts: number[] = [0];
  /** The positions of the id prefixes, record by record. */
  readonly #prefixes: number[][] = [];

  constructor(collection: 'users' | 'events', isSensitive: boolean) {
    const texts: Buffer[] = [];
    let length = 0;
    for (let index = 0; index < POOL; index += 1) {
      const data = (collection === 'users' ? user : event)(index, isSensitive);
      const text = Buffer.from(`${JSON.stringify({ data, uri: `/v3.1/${collection}/${idAt(index)}` })},`);
      const prefixes: number[] = [];
      for (let at = text.indexOf(PLACEHOLDER); at >= 0; at = text.indexOf(PLACEHOLDER, at + 8)) {
        prefixes.push(length + at);
      }
      this.#prefixes.push(prefixes);
      texts.push(text);
      length += text.length;
      this.#starts.push(length);
    }
    this.#bytes = Buffer.concat(texts);
  }

  /** Returns the records from one index to another, separated by commas. */
  slice(from: number, to: number): Buffer {
    const parts: Buffer[] = [];
    for (let begin = from; begin < to; ) {
      const block = Math.floor(begin / POOL);
      const end = Math.min(to, (block + 1) * POOL);
      parts.push(this.#block(block, begin - block * POOL, end - block * POOL));
      begin = end;
    }
    const whole = Buffer.concat(parts);
    return whole.subarray(0, Math.max(0, whole.length - 1));
  }

  #block(block: number, from: number, to: number): Buffer {
    const start = this.#starts[from] ?? 0;
    const copy = Buffer.from(this.#bytes.subarray(start, this.#starts[to]));
    const prefix = Buffer.from((FIRST_PREFIX + block).toString(16));
    for (let index = from; index < to; index += 1) {
      for (const at of this.#prefixes[index] ?? []) {
        copy.set(prefix, at - start);
      }
    }
    return copy;
  }
}
