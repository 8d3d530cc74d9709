/*
 * What sends, reads and checks. The first request, or the first reading of a listing, loads all of it at once:
 * docs/decisions/0006. Nothing that an app can see before that may import it.
 */
export { openListing } from '../pagination/reader.js';
export { deliver } from '../records/deliver.js';
export { notAnEnvelope, readSingleEnvelope } from '../records/envelope.js';
export { sendRequest } from '../transport/send.js';
