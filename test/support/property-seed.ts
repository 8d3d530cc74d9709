import fc from 'fast-check';

/*
 * Properties draw new values on every run, and a failure prints its seed. `PROPERTY_SEED` makes them draw
 * the same values each time, so that a run before a merge depends only on the change.
 */
const seed = process.env['PROPERTY_SEED'];
if (seed !== undefined && seed !== '') {
  fc.configureGlobal({ seed: Number(seed) });
}
