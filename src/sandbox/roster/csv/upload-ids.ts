/**
 * What an id identifies. The ids of people ascend as in real districts: students first, contacts last
 * (observed).
 */
export type UploadFamily =
  | 'district'
  | 'school'
  | 'term'
  | 'course'
  | 'legacy'
  | 'student'
  | 'teacher'
  | 'staff'
  | 'contact'
  | 'section';

/** The creation second with which the ids of a family begin. */
const CREATION_SECOND: Readonly<Record<UploadFamily, string>> = {
  district: '6683d300',
  school: '6683d310',
  term: '6683d320',
  course: '6683d330',
  legacy: '6683d340',
  student: '6683d350',
  teacher: '6683d360',
  staff: '6683d370',
  contact: '6683d380',
  section: '6683d390',
};

/**
 * Makes the ids of an upload's records. A district, a family and a key (the SIS id) always produce the same
 * id, so a file that is edited and loaded again has changed records, not new ones, as at Clever.
 */
export class UploadIds {
  readonly #taken = new Map<string, string>();
  readonly #district: string;

  constructor(district: string) {
    this.#district = district;
  }

  /** Returns the id of a key. The same key always has the same id. */
  id(family: UploadFamily, key: string): string {
    const label = `${family}/${key}`;
    // A collision of two 64-bit hashes is unlikely, but it must not merge two people.
    for (let candidate = label; ; candidate += '/') {
      const id = CREATION_SECOND[family] + hash64(`${this.#district}/${candidate}`);
      const owner = this.#taken.get(id);
      if (owner === undefined || owner === label) {
        this.#taken.set(id, label);
        return id;
      }
    }
  }
}

/**
 * Returns 64 well-distributed bits of any text, as 16 hexadecimal digits: two lanes of multiply and xor
 * (after bryc's cyrb53).
 */
function hash64(text: string): string {
  let [high, low] = [0xdeadbeef, 0x41c6ce57];
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    high = Math.imul(high ^ code, 0x9e3779b1);
    low = Math.imul(low ^ code, 0x5f356495);
  }
  high = Math.imul(high ^ (high >>> 16), 0x85ebca6b) ^ Math.imul(low ^ (low >>> 13), 0xc2b2ae35);
  low = Math.imul(low ^ (low >>> 16), 0x85ebca6b) ^ Math.imul(high ^ (high >>> 13), 0xc2b2ae35);
  return [high, low].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('');
}
