import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { FLEETS, scaleGuide } from '../../scripts/scale/guide.ts';
import { readMeasured } from '../../scripts/scale/measured.ts';
import { needsOf, requestsOfFullRun } from '../../scripts/scale/model.ts';

const measured = readMeasured();

describe('docs/guides/scale.md', () => {
  it('has the tables of scripts/write-scale-guide.ts', () => {
    const text = readFileSync(new URL('../../docs/guides/scale.md', import.meta.url), 'utf8');
    expect(scaleGuide(text, measured)).toBe(text);
  });
});

describe('the model', () => {
  const { '10 districts': small, '13,000 districts': large } = FLEETS;
  if (small === undefined || large === undefined) {
    throw new Error('The guide has lost its fleets.');
  }

  it.each([100, 1_000, 10_000] as const)('gives the requests that were measured with pages of %i', (pageSize) => {
    expect(requestsOfFullRun(measured, measured.students, pageSize)).toBe(measured.requests.full[`${pageSize}`]);
  });

  it('gives what was measured for the district that was measured', () => {
    const one = needsOf(measured, {
      ...small,
      ...{ districts: 1, students: measured.students, syncsADay: 1, fullEveryDays: Number.POSITIVE_INFINITY },
      changedADay: 0,
    });
    const records = Object.values(measured.rows).reduce((sum, number) => sum + number, 0);
    expect(one.records).toBeCloseTo(records, 0);
    expect(one.relationRows).toBeCloseTo(measured.relationRows, 0);
    // A run, the scopes of its token, and the list of tokens each quarter of an hour.
    expect(one.requestsADay).toBe(measured.requests.idle + 1 + 96);
    expect(one.walBytesADay).toBeCloseTo(measured.wal.perIdleRun, 0);
    expect(one.workerCores * 86_400_000).toBeCloseTo(measured.cpuMs.idleWorker, 3);
  });

  it('grows with the fleet, and never has a worker alone', () => {
    const [few, many] = [needsOf(measured, small), needsOf(measured, large)];
    expect(few.workers).toBe(2);
    for (const name of Object.keys(few) as (keyof typeof few)[]) {
      expect(many[name], name).toBeGreaterThan(
        name === 'fullRunSeconds' || name.startsWith('requestsOf') || name === 'eventRunSeconds' ? 0 : few[name] - 1e-9,
      );
    }
    expect(needsOf(measured, { ...large, syncsADay: 24 }).requestsADay).toBeGreaterThan(many.requestsADay * 4);
  });
});
