import type { Fault } from '../../world/faults/fault.js';
import { readEnvelope } from './envelope.js';
import { changePage, restoreSelf } from './pages.js';
import { changeRecords } from './records.js';

const CHANGES_JSON = [
  'nextLink',
  'dropLinks',
  'moveCursor',
  'repeatPage',
  'emptyPage',
  'unknownEnum',
  'nullField',
  'missingField',
  'wrongType',
  'replaceRecord',
  'duplicateRecord',
] as const satisfies readonly (keyof Fault)[];

/** Checks whether a fault changes the pages or the records of an answer. */
export function changesJson(fault: Fault): boolean {
  return CHANGES_JSON.some((name) => fault[name] !== undefined && fault[name] !== false);
}

/**
 * Returns the usual answer with the pages and records that a fault asks for; `undefined` when the answer
 * has none that the fault could change.
 *
 * @param sent - The address that was answered. It differs from the requested one when the fault moved the cursor.
 */
export async function changeAnswer(
  response: Response,
  fault: Fault,
  asked: URL,
  sent: URL,
): Promise<Response | undefined> {
  const isJson = (response.headers.get('content-type') ?? '').includes('json');
  const envelope = isJson && response.ok ? readEnvelope(await response.clone().text()) : undefined;
  if (envelope === undefined) {
    return undefined;
  }
  const changed = [sent !== asked, changeRecords(envelope, fault), changePage(envelope, asked, fault)];
  if (sent !== asked) {
    restoreSelf(envelope, asked, sent);
  }
  return changed.includes(true) ? new Response(JSON.stringify(envelope), response) : undefined;
}
