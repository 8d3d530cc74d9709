import { KINDS } from '../capture/kinds.js';
import type { Composed, Recording } from '../compose/compose.js';
import { type Files, jsonText, markerOf } from './folder.js';
import { reportOf } from './report.js';

/** Records of a file, as many as Clever sends on a page. */
const PAGE_SIZE = 100;

/** The files of a recording: answers in Clever's envelopes, and what the folder is. */
export function filesOf(recording: Recording, groupSize: number): Files {
  const { version, records, events, answers } = recording;
  return new Map([
    markerOf({ apiVersion: version, groupSize }),
    ['report.txt', reportOf(recording, groupSize)],
    ...KINDS.flatMap((kind) => pages(kind, `/${version}/${kind}`, records[kind])),
    ...pages('events', `/${version}/events`, events),
    ...numbered('me', answers.me),
    ...numbered('userinfo', answers.userinfo),
    ...numbered('tokeninfo', answers.tokenInfo),
    ...numbered('tokens', answers.districtTokens),
    ...numbered('error', answers.errors),
  ]);
}

function pages(name: string, path: string, records: readonly Composed[]): [string, string][] {
  const count = Math.ceil(records.length / PAGE_SIZE);
  return Array.from({ length: count }, (_, index) => {
    const onPage = records.slice(index * PAGE_SIZE, (index + 1) * PAGE_SIZE);
    const before = records[index * PAGE_SIZE - 1]?.id;
    const self = before === undefined ? path : `${path}?starting_after=${encodeURIComponent(before)}`;
    const next = `${path}?starting_after=${encodeURIComponent(onPage.at(-1)?.id ?? '')}`;
    const envelope = {
      data: onPage.map((data) => ({ data, uri: `${path}/${encodeURIComponent(data.id)}` })),
      links: [{ rel: 'self', uri: self }, ...(index + 1 < count ? [{ rel: 'next', uri: next }] : [])],
    };
    return [fileName(name, index), jsonText(envelope)];
  });
}

function numbered(name: string, answers: readonly object[]): [string, string][] {
  return answers.map((answer, index) => [fileName(name, index), jsonText(answer)]);
}

function fileName(name: string, index: number): string {
  return `${name}-${String(index + 1).padStart(4, '0')}.json`;
}
