export { type Delivery, deliver, deliverAll, type ValidationMode } from './deliver.js';
export { readListEnvelope } from './envelope.js';
