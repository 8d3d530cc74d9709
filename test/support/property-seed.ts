import fc from 'fast-check';

/*
 * Properties draw new values on every run; a failure prints its seed. Where a run must say something of a change alone, as
 * before it lands, `PROPERTY_SEED` has them draw the same ones each time.
 */
const seed = process.env['PROPERTY_SEED'];
if (seed !== undefined && seed !== '') {
  fc.configureGlobal({ seed: Number(seed) });
}
