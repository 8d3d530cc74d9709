/* Both formats in one process: an error that one throws is recognised by the other. Prints `true`. */
import { createRequire } from 'node:module';
import { isCleverError } from 'clever-sdk';

const commonJs = createRequire(import.meta.url)('clever-sdk');
try {
  commonJs.createCleverClient({ unknown: true });
} catch (error) {
  console.log(isCleverError(error) && commonJs.isCleverError(error));
}
