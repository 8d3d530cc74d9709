/* Creates a client where it cannot work. A file, because `node --eval` has all of Node's modules as globals. */
import { createCleverClient } from 'clever-sdk';

createCleverClient();
