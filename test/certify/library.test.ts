import type { Verdict } from 'clever-sdk/certify';
import { beforeAll, describe, expect, it } from 'vitest';
import { differences, type ExpectedOfFault, probesOf, verdictsOf } from './support/verdicts.js';

/** Each fault is found by one probe. Others may be left out because of it. */
const FAULTS: readonly ExpectedOfFault[] = [
  ['needs a district', 'library.login', 'fail'],
  ['reads no classes', 'library.provision-teacher', 'fail'],
  ['students at their own login only', 'library.provision-student', 'fail'],
  ['students kept out of the Library', 'library.provision-student', 'review'],
  ['crash without sections', 'library.no-sections', 'fail'],
  ['student account per teacher', 'library.several-teachers', 'fail'],
  ['crash for a student before the teacher', 'library.student-first', 'fail'],
  ['sections at the first login only', 'library.refresh', 'review'],
  ['first page of sections only', 'library.heavy-teacher', 'fail'],
  ['section needs a subject', 'library.sparse', 'fail'],
  ['account per connection', 'library.district-wins', 'fail'],
];

describe('the probes of the Library', () => {
  let right: Record<string, Verdict> = {};
  beforeAll(async () => {
    right = verdictsOf(await probesOf('library'));
  });

  it('pass an app that does everything right', () => {
    expect(Object.keys(right).filter((id) => ['fail', 'warn'].includes(right[id] ?? ''))).toEqual([]);
    expect(right).toMatchObject({
      'library.login': 'pass',
      'library.heavy-teacher': 'pass',
      'library.district-wins': 'pass',
    });
  });

  it.for(FAULTS)('find “%s” by %s, and by no other', async ([fault, probe, verdict]) => {
    expect(differences(await probesOf('library', fault), right)).toEqual([
      expect.stringContaining(`${probe} ${verdict}: `),
    ]);
  });
});
