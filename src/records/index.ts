export { deliver, deliverAll, type ValidationMode } from './delivery.js';
export { isObject, notAnEnvelope, readListEnvelope, readSingleEnvelope } from './envelope.js';
