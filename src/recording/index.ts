/**
 * A pseudonymous copy of a real district: recorded answers in which every id, name, address, number and date is
 * replaced, so that no child can be found in them. For Node.
 *
 * @module
 */
export { type RecordOptions, type RecordProgress, record } from './record.js';
export { type RecorderOptions, type RecordingFetch, type RecordingOptions, recorder } from './recorder.js';
