/*
 * The code that sends, reads and checks. The first request, or the first read of a listing, loads all of it
 * at once: docs/decisions/0006. Code that an app uses before that must not import it.
 */
export { openListing } from '../pagination/reader.js';
export { deliver } from '../records/deliver.js';
export { notAnEnvelope, readSingleEnvelope, refuseErrorIn } from '../records/envelope.js';
export { sendRequest } from '../transport/send.js';
