export { type Delivery, deliver, deliverAll, type ValidationMode } from './deliver.js';
export { notAnEnvelope, readListEnvelope, readSingleEnvelope } from './envelope.js';
