export { deliver, deliverAll, type ValidationMode } from './delivery.js';
export { notAnEnvelope, readListEnvelope, readSingleEnvelope } from './envelope.js';
