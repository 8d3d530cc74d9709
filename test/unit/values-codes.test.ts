import {
  CEDS_GRADES,
  CEDS_RACES,
  disabilityCode,
  disabilityType,
  fromCedsGrade,
  fromCedsLanguage,
  fromCedsRace,
  fromCedsSex,
  fromCedsSubject,
  homeLanguageCode,
  homeLanguageName,
  isKnownDisabilityCode,
  KNOWN_DISABILITY_CODES,
  KNOWN_DISABILITY_TYPES,
  KNOWN_GENDERS,
  KNOWN_GRADES,
  KNOWN_HOME_LANGUAGE_CODES,
  KNOWN_HOME_LANGUAGES,
  KNOWN_RACES,
  KNOWN_SUBJECTS,
  toCedsGrade,
  toCedsLanguage,
  toCedsRace,
  toCedsSex,
  toCedsSubject,
} from 'clever-sdk/values';
import { describe, expect, it } from 'vitest';

const odd = ['', ' ', 'no such value', null, undefined, 0, {}, [], 'constructor', '__proto__', 'toString'];

const functions = {
  disabilityCode,
  disabilityType,
  fromCedsGrade,
  fromCedsLanguage,
  fromCedsRace,
  fromCedsSex,
  fromCedsSubject,
  homeLanguageCode,
  homeLanguageName,
  toCedsGrade,
  toCedsLanguage,
  toCedsRace,
  toCedsSex,
  toCedsSubject,
};

it.each(Object.entries(functions))('%s returns undefined for odd values', (_, translate) => {
  expect(odd.filter((value) => translate(value) !== undefined)).toEqual([]);
});

describe('home languages', () => {
  it('are 152 languages, each with its own code', () => {
    expect(KNOWN_HOME_LANGUAGES).toHaveLength(152);
    expect(new Set(KNOWN_HOME_LANGUAGES.map(homeLanguageCode))).toEqual(new Set(KNOWN_HOME_LANGUAGE_CODES));
    expect(KNOWN_HOME_LANGUAGES.map((name) => homeLanguageName(homeLanguageCode(name)))).toEqual(KNOWN_HOME_LANGUAGES);
  });

  it('are found in any case', () => {
    expect(homeLanguageCode('haitian creole')).toBe('hat');
    expect(homeLanguageCode('KURDISH - SORANI')).toBe('ckb');
    expect(homeLanguageName('SPA')).toBe('Spanish');
    expect(homeLanguageName('Spanish')).toBeUndefined();
    expect(homeLanguageCode('spa')).toBeUndefined();
  });
});

describe('disabilities', () => {
  it('have one code each', () => {
    expect(KNOWN_DISABILITY_TYPES.map(disabilityCode)).toEqual(KNOWN_DISABILITY_CODES);
    expect(KNOWN_DISABILITY_CODES.map(disabilityType)).toEqual(KNOWN_DISABILITY_TYPES);
  });

  it('are found in both of Clever’s spellings', () => {
    expect(disabilityCode('intellectual disability')).toBe('id');
    expect(disabilityCode('OHI')).toBe('ohi');
    expect(disabilityType('EMN')).toBe('Emotional disturbance');
    expect(KNOWN_DISABILITY_CODES.filter((code) => !isKnownDisabilityCode(code.toUpperCase()))).toEqual([]);
    expect(isKnownDisabilityCode('Autism')).toBe(false);
  });
});

describe('CEDS', () => {
  it('has a code for every grade', () => {
    const codes = [
      'IT',
      'PR',
      'PK',
      'TK',
      'KG',
      '01',
      '02',
      '03',
      '04',
      '05',
      '06',
      '07',
      '08',
      '09',
      '10',
      '11',
      '12',
      '13',
    ];
    expect(KNOWN_GRADES.map(toCedsGrade)).toEqual([...codes, 'PS', 'UG', 'OT']);
    expect(KNOWN_GRADES.map((grade) => fromCedsGrade(CEDS_GRADES[grade]))).toEqual(KNOWN_GRADES);
    expect(toCedsGrade('9th')).toBe('09');
    expect([fromCedsGrade('kg'), fromCedsGrade('Other'), fromCedsGrade('ABE'), fromCedsGrade('9')]).toEqual([
      ...['Kindergarten', 'Other', undefined, undefined],
    ]);
  });

  it('has a subject area for every subject that corresponds to one', () => {
    expect(KNOWN_SUBJECTS.map((subject) => [subject, toCedsSubject(subject)])).toEqual([
      ['english/language arts', '01'],
      ['math', '02'],
      ['science', '03'],
      ['social studies', '04'],
      ['language', '24'],
      ['homeroom/advisory', undefined],
      ['interventions/online learning', undefined],
      ['technology and engineering', '21'],
      ['PE and health', '08'],
      ['arts and music', '05'],
      ['other', '22'],
    ]);
    const mapped = KNOWN_SUBJECTS.filter((subject) => toCedsSubject(subject) !== undefined);
    expect(mapped.map((subject) => fromCedsSubject(toCedsSubject(subject)))).toEqual(mapped);
    expect([fromCedsSubject('06'), fromCedsSubject('10'), fromCedsSubject('12')]).toEqual([
      ...['language', 'technology and engineering', undefined],
    ]);
    expect(toCedsSubject('Maths')).toBe('02');
  });

  it('has a code for every race', () => {
    expect(KNOWN_RACES.map(toCedsRace)).toEqual(KNOWN_RACES.map((race) => CEDS_RACES[race]));
    expect(KNOWN_RACES.map((race) => fromCedsRace(toCedsRace(race)))).toEqual(KNOWN_RACES);
    expect(fromCedsRace('AmericanIndianorAlaskaNative')).toBe('American Indian');
    expect(fromCedsRace('NativeHawaiianOrPacificIslander')).toBe('Hawaiian or Other Pacific Islander');
    expect(fromCedsRace('HispanicOrLatinoEthnicity')).toBeUndefined();
  });

  it('has a code for two genders', () => {
    expect(KNOWN_GENDERS.map(toCedsSex)).toEqual(['Male', 'Female', undefined]);
    expect(['Male', 'female', 'NotSelected'].map(fromCedsSex)).toEqual(['M', 'F', undefined]);
  });

  it('has a code for every language but Other', () => {
    const named = KNOWN_HOME_LANGUAGES.filter((name) => name !== 'Other');
    expect(named.map((name) => fromCedsLanguage(toCedsLanguage(name)))).toEqual(named);
    expect(named.filter((name) => !/^[a-z]{3}$/u.test(toCedsLanguage(name) ?? ''))).toEqual([]);
    expect(toCedsLanguage('Other')).toBeUndefined();
    expect(toCedsLanguage('other')).toBeUndefined();
  });

  it('also accepts language codes, and reads bibliographic ones', () => {
    expect([
      toCedsLanguage('SPA'),
      toCedsLanguage('Cabo Verdean'),
      toCedsLanguage('cpp'),
      toCedsLanguage('Karen'),
    ]).toEqual([...['spa', 'kea', 'kea', 'kar']]);
    expect([
      fromCedsLanguage('ger'),
      fromCedsLanguage('deu'),
      fromCedsLanguage('CHI'),
      fromCedsLanguage('cpp'),
    ]).toEqual([...['German', 'German', 'Chinese', undefined]]);
  });
});
