export type { ValidationMode } from './deliver.js';
export { deliver, deliverAll } from './delivery.js';
export { notAnEnvelope, readListEnvelope, readSingleEnvelope } from './envelope.js';
