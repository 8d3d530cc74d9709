import { createCleverClient } from 'clever-sdk';
import { createSandbox, type DistrictRecords } from 'clever-sdk/sandbox';

/**
 * A generated district in which hardly two students are in classes of the same sizes, as at a school where students
 * choose their courses: a third of the places in classes is empty.
 */
export async function irregularDistrict(seed: number, students: number): Promise<DistrictRecords> {
  const sandbox = createSandbox({ districts: [{ seed, students, sensitiveFields: 'all' }] });
  const district = createCleverClient(sandbox.clientOptions()).district({
    token: sandbox.districts[0]?.token ?? '',
    sensitiveFields: 'all',
  });
  const all = { maxItems: 100_000 };
  const [own] = await district.districts.list().toArray({ maxItems: 1 });
  const random = numbers(seed);
  const sections = (await district.sections.list().toArray(all)).map((section) => ({
    ...section,
    students: section.students.filter(() => random() % 3 !== 0),
  }));
  return {
    district: { ...own, id: own?.id ?? '' },
    schools: await district.schools.list().toArray(all),
    terms: await district.terms.list().toArray(all),
    courses: await district.courses.list().toArray(all),
    users: await district.users.list().toArray(all),
    sections,
    sensitiveFields: 'all',
  };
}

/** The same numbers for the same seed (a linear congruential generator). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 8;
  };
}
