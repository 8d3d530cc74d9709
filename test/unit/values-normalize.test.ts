import { normalizeGrade, normalizeSubject } from 'clever-sdk';
import {
  GRADE_VARIANTS,
  gradeOrder,
  gradesBetween,
  KNOWN_GRADES,
  KNOWN_SUBJECTS,
  SUBJECT_VARIANTS,
} from 'clever-sdk/values';
import { describe, expect, it } from 'vitest';

const unknowns = [
  '',
  ' ',
  '-',
  null,
  undefined,
  true,
  Number.NaN,
  1.5,
  [],
  ['9'],
  { grade: '9' },
  'constructor',
  '__proto__',
];

describe('normalizeGrade', () => {
  it.each(KNOWN_GRADES)('recognises %s, in any case and spacing', (grade) => {
    for (const raw of [grade, grade.toLowerCase(), grade.toUpperCase(), ` ${grade}\t`]) {
      expect(normalizeGrade(raw)).toStrictEqual({ raw, value: grade, isKnown: true });
    }
  });

  it.each([
    ...[
      ['K', 'Kindergarten'],
      ['kg', 'Kindergarten'],
      ['Kinder', 'Kindergarten'],
      ['Pre-K', 'PreKindergarten'],
    ],
    ...[
      ['pre k', 'PreKindergarten'],
      ['PK', 'PreKindergarten'],
      ['Pre-Kindergarten', 'PreKindergarten'],
      ['TK', 'TransitionalKindergarten'],
    ],
    ...[
      ['Transitional Kindergarten', 'TransitionalKindergarten'],
      ['Pre-school', 'Preschool'],
      ['Infant/Toddler', 'InfantToddler'],
    ],
    ...[
      ['09', '9'],
      ['Grade 9', '9'],
      ['grade 09', '9'],
      ['GRADE-9', '9'],
      ['9th', '9'],
      ['9TH GRADE', '9'],
      ['Ninth', '9'],
      ['Ninth grade', '9'],
    ],
    ...[
      ['Gr. 9', '9'],
      ['G9', '9'],
      ['1st', '1'],
      ['2nd', '2'],
      ['3rd grade', '3'],
      ['11th', '11'],
      ['12th', '12'],
      ['13th', '13'],
    ],
    ...[
      ['Grade One', '1'],
      ['freshman', '9'],
      ['Senior', '12'],
      ['UG', 'Ungraded'],
      ['Non-graded', 'Ungraded'],
      ['PG', 'PostGraduate'],
    ],
    ...[
      ['Post Graduate', 'PostGraduate'],
      ['OT', 'Other'],
    ],
  ] as const)('normalizes %j to %s', (raw, value) => {
    expect(normalizeGrade(raw)).toStrictEqual({ raw, value, isKnown: true });
  });

  it('reads whole numbers as their digits and keeps them as they are', () => {
    expect(normalizeGrade(9)).toStrictEqual({ raw: 9, value: '9', isKnown: true });
    expect(normalizeGrade(13).value).toBe('13');
    expect(normalizeGrade(-1)).toStrictEqual({ raw: -1, value: undefined, isKnown: false });
  });

  it.each([
    '14',
    '0',
    '00',
    '-1',
    ' -1',
    'Grade -1',
    '\u22121',
    '1.5',
    '1.0',
    '1-2',
    '1/2',
    '1, 2',
    '9-12',
    'K-5',
    'K-12',
    'PS',
    'PK-3',
    '1 2',
    '9th-12th',
    '111',
    'N/A',
    'ninety',
  ])('does not guess at %j', (raw) => {
    expect(normalizeGrade(raw)).toStrictEqual({ raw, value: undefined, isKnown: false });
  });

  it.each(unknowns)('answers %j with unknown', (raw) => {
    expect(normalizeGrade(raw)).toStrictEqual({ raw, value: undefined, isKnown: false });
  });
});

describe('normalizeSubject', () => {
  it.each(KNOWN_SUBJECTS)('recognises %s, in any case and spacing', (subject) => {
    for (const raw of [subject, subject.toLowerCase(), subject.toUpperCase(), ` ${subject}\n`]) {
      expect(normalizeSubject(raw)).toStrictEqual({ raw, value: subject, isKnown: true });
    }
  });

  it.each([
    ...[
      ['English', 'english/language arts'],
      ['ELA', 'english/language arts'],
      ['English Language Arts', 'english/language arts'],
    ],
    ...[
      ['Maths', 'math'],
      ['MATHEMATICS', 'math'],
      ['Algebra I', 'math'],
      ['Biology', 'science'],
      ['History', 'social studies'],
    ],
    ...[
      ['PE', 'PE and health'],
      ['P.E.', 'PE and health'],
      ['Phys. Ed.', 'PE and health'],
      ['PE & Health', 'PE and health'],
    ],
    ...[
      ['World Languages', 'language'],
      ['Spanish', 'language'],
      ['Homeroom', 'homeroom/advisory'],
      ['RTI', 'interventions/online learning'],
    ],
    ...[
      ['Computer Science', 'technology and engineering'],
      ['Arts & Music', 'arts and music'],
      ['Band', 'arts and music'],
      ['Misc.', 'other'],
    ],
  ] as const)('normalizes %j to %s', (raw, value) => {
    expect(normalizeSubject(raw)).toStrictEqual({ raw, value, isKnown: true });
  });

  it.each([...unknowns, 1, 'math 2', 'underwater basket weaving'])('answers %j with unknown', (raw) => {
    expect(normalizeSubject(raw)).toStrictEqual({ raw, value: undefined, isKnown: false });
  });
});

describe('the tables of variants', () => {
  it.each(Object.entries(GRADE_VARIANTS))('apply to grade %s', (grade, variants) => {
    expect(variants.filter((variant) => normalizeGrade(variant).value !== grade)).toEqual([]);
  });

  it.each(Object.entries(SUBJECT_VARIANTS))('apply to subject %s', (subject, variants) => {
    expect(variants.filter((variant) => normalizeSubject(variant).value !== subject)).toEqual([]);
  });

  it('name every known value, and no variant twice', () => {
    expect(Object.keys(GRADE_VARIANTS).sort()).toEqual([...KNOWN_GRADES].sort());
    expect(Object.keys(SUBJECT_VARIANTS).sort()).toEqual([...KNOWN_SUBJECTS].sort());
    for (const table of [GRADE_VARIANTS, SUBJECT_VARIANTS]) {
      const all = Object.values<readonly string[]>(table).flat();
      expect(new Set(all).size).toBe(all.length);
    }
  });
});

describe('gradeOrder', () => {
  it('places the grades from youngest to oldest, Kindergarten at 0', () => {
    const placed = KNOWN_GRADES.filter((grade) => gradeOrder(grade) !== undefined);
    expect(placed).toEqual(KNOWN_GRADES.filter((grade) => grade !== 'Ungraded' && grade !== 'Other'));
    expect(placed.map(gradeOrder)).toEqual([-4, -3, -2, -1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14]);
  });

  it.each(['Ungraded', 'Other', '14', '', null, undefined, {}])('has no position for %j', (grade) => {
    expect(gradeOrder(grade)).toBeUndefined();
  });

  it('understands variants', () => {
    expect([gradeOrder('09'), gradeOrder('PK'), gradeOrder(3)]).toEqual([9, -2, 3]);
  });
});

describe('gradesBetween', () => {
  it.each([
    ['Kindergarten', '3', ['Kindergarten', '1', '2', '3']],
    ['9', '12', ['9', '10', '11', '12']],
    ['12', 'PostGraduate', ['12', '13', 'PostGraduate']],
    ['PK', 'KG', ['PreKindergarten', 'TransitionalKindergarten', 'Kindergarten']],
    ['6', '6', ['6']],
    ['Ungraded', 'Ungraded', ['Ungraded']],
    ['Other', 'Other', ['Other']],
    ['8', '6', []],
    ['', '6', []],
    ['6', '', []],
    ['', '', []],
    [null, undefined, []],
    ['1', 'Ungraded', []],
    ['Other', 'Ungraded', []],
    ['1', '14', []],
    [{}, [], []],
  ])('from %j to %j are %j', (low, high, grades) => {
    expect(gradesBetween(low, high)).toEqual(grades);
  });
});
