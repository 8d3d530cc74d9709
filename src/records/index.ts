export { deliver, deliverAll, type ValidationMode } from './deliver.js';
export { isObject, notAnEnvelope, readListEnvelope, readSingleEnvelope } from './envelope.js';
export { guessNextLink } from './next-link.js';
