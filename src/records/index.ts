export { type Delivery, deliver, deliverAll, type ValidationMode } from './deliver.js';
export { guessNextLink, readListEnvelope } from './envelope.js';
export type { NextLink } from './next-link.js';
