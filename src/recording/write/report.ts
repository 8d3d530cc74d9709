import { KINDS } from '../capture/kinds.js';
import type { Recording } from '../compose/compose.js';
import { type Members, RECORD_MEMBERS, type Treatment } from '../members/members.js';

/** The report of a recording: what was kept, replaced and left out. It has no value of the source. */
export function reportOf(recording: Recording, groupSize: number): string {
  const { records, events, answers } = recording;
  const counts = [
    ...KINDS.map((kind) => [kind, records[kind].length] as const),
    ['events', events.length] as const,
    ...Object.entries(answers).map(([kind, list]) => [`answers: ${kind}`, list.length] as const),
  ];
  const treated = allMembers();
  const section = (title: string, lines: readonly string[]): string[] => [
    title,
    ...(lines.length === 0 ? ['  nothing'] : lines.map((line) => `  ${line}`)),
    '',
  ];
  return [
    'A recording of a Clever district, made by clever-sdk. The people in it do not exist.',
    `At least ${groupSize} people have the same values in everything that was kept of them, apart from the roles below.`,
    '',
    ...section(
      'Recorded',
      counts.filter(([, count]) => count > 0).map(([what, count]) => `${what}: ${count}`),
    ),
    ...section('Kept, where the value is one of those that Clever documents', treated.kept),
    ...section(
      'Moved: by the same number of weeks; dates of births and of records of people by another distance, and shared by a group',
      treated.moved,
    ),
    ...section('Replaced by a value of the same form', [
      ...treated.replaced,
      'ids: they keep their order in time, and those of people only that of their group',
      'members that no rule knows, and everything in `ext`: name and value',
    ]),
    ...section('Exchanged between people with the same roles, at random', [
      'names, addresses, numbers, and which of them are missing or odd',
      'who is in which class and who is whose contact; classes keep their sizes',
      'whom an event is about',
    ]),
    ...section(
      'Replaced because too few people had the value',
      recording.replaced.map(({ members, people }) => `${members}: ${people} people have a more common one`),
    ),
    ...section(
      'Roles of fewer people than a group has: a reader who knows the district knows who has them',
      recording.few.map(({ roles, people }) => `${roles}: ${people}`),
    ),
    ...section('Left out', [
      ...[...recording.dropped].map(([what, count]) => `${what}: ${count}`),
      'all headers and queries',
    ]),
  ].join('\n');
}

interface Treated {
  readonly kept: string[];
  readonly moved: string[];
  readonly replaced: string[];
}

/** Every member that the rules know, by what happens to it. */
function allMembers(): Treated {
  const treated: Treated = { kept: [], moved: [], replaced: [] };
  for (const kind of KINDS) {
    addMembers(treated, kind, RECORD_MEMBERS[kind]);
  }
  return treated;
}

function addMembers(treated: Treated, path: string, members: Members): void {
  for (const [name, treatment] of Object.entries(members)) {
    addMember(treated, `${path}.${name}`, treatment);
  }
}

function addMember(treated: Treated, path: string, treatment: Treatment): void {
  if (typeof treatment === 'object' && 'members' in treatment) {
    addMembers(treated, path, treatment.members);
  } else if (typeof treatment === 'object' && 'each' in treatment) {
    addMember(treated, path, treatment.each);
  } else if (treatment === 'flag' || typeof treatment === 'object') {
    treated.kept.push(path);
  } else if (treatment === 'date' || treatment === 'birthday' || treatment === 'personal time') {
    treated.moved.push(path);
  } else if (treatment !== 'id' && !path.includes('.ext.')) {
    treated.replaced.push(path);
  }
}
