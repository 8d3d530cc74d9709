import { expect, it } from 'vitest';
import { CATALOGUE } from '../../../src/certify/catalogue/index.ts';
import { sourcesOf } from './copies.ts';
import { MUTANTS } from './list/index.ts';

it.each(MUTANTS)('still applies to the reference app: $name', (mutant) => {
  expect(sourcesOf(mutant).size).toBeGreaterThan(0);
});

it('has a name for each', () => {
  expect(new Set(MUTANTS.map(({ name }) => name)).size).toBe(MUTANTS.length);
});

it('breaks what each probe is about, where a defect can be that small', () => {
  const broken = new Set(MUTANTS.map(({ probe }) => probe));
  const whole = CATALOGUE.filter(({ id, by }) => by === 'probe' && !broken.has(id)).map(({ id }) => id);
  expect(whole.sort()).toEqual([
    'sso.browsers', // needs Chromium, and asks a person about other browsers
    'sso.https', // is about apps that are not on this machine
    'sso.instant-login', // arrives at the app as a portal login does
    'sso.login-button', // without a button, half of the other probes cannot be tried
    'sso.relevant-data', // asks a person
    'sync.unneeded-data', // asks a person
  ]);
});
