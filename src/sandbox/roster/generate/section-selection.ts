import type { SchoolLayout, SectionLayout } from './layout.js';
import type { DistrictPlan } from './plan.js';

/**
 * Some sections of every school. Keeps where each school's sections begin; the rest follows from the
 * layouts.
 */
export class SectionSelection {
  readonly #plan: DistrictPlan;
  readonly #positions = new Map<SchoolLayout, readonly number[]>();
  /** The number of selected sections in the schools before each school. */
  readonly #before: Uint32Array;

  constructor(plan: DistrictPlan, accepts: (section: SectionLayout) => boolean) {
    this.#plan = plan;
    this.#before = new Uint32Array(plan.schools.length + 1);
    for (const { index, layout } of plan.schools) {
      let positions = this.#positions.get(layout);
      if (positions === undefined) {
        positions = layout.sections.flatMap((section, position) => (accepts(section) ? [position] : []));
        this.#positions.set(layout, positions);
      }
      this.#before[index + 1] = (this.#before[index] ?? 0) + positions.length;
    }
  }

  get length(): number {
    return this.#before.at(-1) ?? 0;
  }

  /** Returns the index in the district of the section at a position of the selection. */
  sectionAt(position: number): number {
    let low = 0;
    let high = this.#plan.schools.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((this.#before[middle] ?? 0) <= position) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    const school = this.#plan.schools[low];
    const positions = school === undefined ? undefined : this.#positions.get(school.layout);
    return (school?.firstSection ?? 0) + (positions?.[position - (this.#before[low] ?? 0)] ?? 0);
  }

  /** Returns the indexes of the schools with a selected section. */
  schools(): number[] {
    return this.#plan.schools.flatMap(({ index, layout }) => (this.#positions.get(layout)?.length ? [index] : []));
  }
}
