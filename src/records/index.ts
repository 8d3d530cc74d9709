export { type Delivery, deliver, type ValidationMode } from './deliver.js';
export { isObject, type ListEnvelope, notAnEnvelope, readListEnvelope, readSingleEnvelope } from './envelope.js';
