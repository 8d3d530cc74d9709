import { groupBy } from '../../util/group-by.js';
import type { RawRecord } from '../capture/kinds.js';
import { fitsIn } from '../members/fits.js';
import type { Draws } from '../pseudonyms/draws.js';
import { type Attribute, attributesOf, STRATUM_MEMBERS } from './attributes.js';
import { Assembly, type Cell, membersIn, partOf, readCell, roleNames, TIME_MEMBERS } from './cells.js';
import { type Group, Grouping, type Replaced } from './groups.js';

/** The person that a recording has in place of one of the source: put together from parts of many people. */
export interface StandIn {
  /** The record, with values of the source that are still to be replaced. */
  readonly record: RawRecord;
  /** The names of the roles. */
  readonly roles: string;
  /** People who can take each other's places in classes. */
  readonly stratum: string;
  /** The id of the person in the middle of the group, of which all ids of the group take the time. */
  readonly timeOf: string;
}

/** Members that go together, because one is often made from the other: names, and addresses made from them. */
const IDENTITY = {
  record: ['name', 'email'],
  role: ['email', 'name', 'credentials', 'preferred_name'],
};

/** The stand-ins of people, and what had to be replaced so that no one can be found by what stays. */
export interface StandIns {
  readonly byId: ReadonlyMap<string, StandIn>;
  readonly replaced: readonly Replaced[];
  /** The roles that too few people have, with their number. */
  readonly few: readonly { readonly roles: string; readonly people: number }[];
}

/**
 * Makes the stand-ins of people. Those with the same roles are divided into groups, in which all have the same values
 * in what stays (grades, enumerations, dates, the time of the id); everything else is taken from other people with
 * these roles, each part from another one.
 */
export function makeStandIns(people: readonly RawRecord[], groupSize: number, draws: Draws): StandIns {
  const grouping = new Grouping(groupSize, draws);
  const byId = new Map<string, StandIn>();
  const few: { roles: string; people: number }[] = [];
  for (const [roles, alike] of groupBy(people, (user) => roleNames(user).join(' and '))) {
    if (alike.length < groupSize) {
      few.push({ roles: roles === '' ? 'no known role' : roles, people: alike.length });
    }
    for (const standIn of standInsOf(alike, roles, groupSize, grouping, draws)) {
      byId.set(standIn.record.id, standIn);
    }
  }
  return { byId, replaced: grouping.replaced, few };
}

function standInsOf(
  people: readonly RawRecord[],
  roles: string,
  groupSize: number,
  grouping: Grouping,
  draws: Draws,
): StandIn[] {
  const names = roles === '' ? [] : roles.split(' and ');
  const attributes = attributesOf(names);
  const isOdd = oddities(people, attributes, groupSize);
  // All oddities of a person go to one other person, so that a record that a client refuses remains one such record.
  const bearers = new Map(people.map((user, index) => [user, index]));
  const order = draws.shuffled(people);
  const bearerOf = (user: RawRecord): RawRecord => order[bearers.get(user) ?? 0] as RawRecord;
  const groups = grouping.divide(people, attributes, isOdd);
  const assemblies = new Map(people.map((user) => [user, new Assembly(user)]));
  for (const cells of [identityCells(names), ...exchangedCells(people, names, attributes).map((cell) => [cell])]) {
    const donors = donorsOf(people, cells, bearerOf, draws);
    for (const user of people) {
      for (const cell of cells) {
        assemblies.get(user)?.put(cell, readCell(donors.get(user) ?? user, cell));
      }
    }
  }
  for (const group of groups) {
    for (const user of group.people) {
      putGroup(assemblies.get(user) as Assembly, user, group);
    }
  }
  for (const user of people) {
    const bearer = assemblies.get(bearerOf(user));
    for (const cell of [...attributes.filter((attribute) => isOdd(user, attribute)), ...oddTimes(user)]) {
      bearer?.put(cell, readCell(user, cell));
    }
  }
  return groups.flatMap((group) =>
    group.people.map((user) => ({
      record: (assemblies.get(user) as Assembly).finish(),
      roles,
      stratum: stratumOf(roles, group),
      timeOf: group.middle.id,
    })),
  );
}

/** Says which values are odd: of a form that few people's have. They are passed on to others at random. */
function oddities(
  people: readonly RawRecord[],
  attributes: readonly Attribute[],
  groupSize: number,
): (user: RawRecord, attribute: Attribute) => boolean {
  const usual = new Map(
    attributes.map((attribute) => {
      const forms = [...groupBy(people, attribute.form)].sort(([, a], [, b]) => b.length - a.length);
      return [
        attribute,
        forms.filter(([, { length }], index) => index === 0 || length >= groupSize).map(([form]) => form),
      ];
    }),
  );
  return (user, attribute) =>
    !hasFittingTypes(user, attribute) || usual.get(attribute)?.includes(attribute.form(user)) !== true;
}

function hasFittingTypes(user: RawRecord, { part, members }: Cell): boolean {
  const object = partOf(user, part);
  return members.every((member) => fitsIn(part, member, object));
}

/** The times of a person's record that are missing or of another type. */
function oddTimes(user: RawRecord): Cell[] {
  return ['', ...roleNames(user)].flatMap((part) =>
    TIME_MEMBERS.map((member) => ({ part, members: [member] })).filter((cell) => !hasFittingTypes(user, cell)),
  );
}

/** From whom each person gets some cells: from anyone; the bearer gets values of another type than they should have. */
function donorsOf(
  people: readonly RawRecord[],
  cells: readonly Cell[],
  bearerOf: (user: RawRecord) => RawRecord,
  draws: Draws,
): ReadonlyMap<RawRecord, RawRecord> {
  const shuffled = draws.shuffled(people);
  const donors = new Map(people.map((user, index) => [user, shuffled[index] as RawRecord]));
  const receivers = new Map([...donors].map(([user, donor]) => [donor, user]));
  for (const odd of people.filter((user) => !cells.every((cell) => hasFittingTypes(user, cell)))) {
    const [receiver, bearer] = [receivers.get(odd) as RawRecord, bearerOf(odd)];
    const other = donors.get(bearer) as RawRecord;
    donors.set(receiver, other).set(bearer, odd);
    receivers.set(other, receiver).set(odd, bearer);
  }
  return donors;
}

/** The cells that each person gets from another one. */
function exchangedCells(people: readonly RawRecord[], roles: readonly string[], kept: readonly Attribute[]): Cell[] {
  const parts = ['', 'roles', ...roles];
  const isKept = (part: string, member: string): boolean =>
    kept.some((attribute) => attribute.part === part && attribute.members.includes(member));
  const single = parts.flatMap((part) =>
    membersIn(people, part)
      .filter((member) => !isKept(part, member))
      .map((member) => ({ part, members: [member] })),
  );
  return single.filter(({ part, members }) => !identityIn(part).includes(members[0] ?? ''));
}

/** The cells that come from one person together. */
function identityCells(roles: readonly string[]): Cell[] {
  return ['', ...roles].map((part) => ({ part, members: identityIn(part) }));
}

function identityIn(part: string): readonly string[] {
  return part === '' ? IDENTITY.record : part === 'roles' ? [] : IDENTITY.role;
}

function putGroup(assembly: Assembly, user: RawRecord, { values, middle }: Group): void {
  for (const { cell, value } of values) {
    assembly.put(cell, value);
  }
  for (const part of ['', ...roleNames(user)]) {
    assembly.put({ part, members: TIME_MEMBERS }, readCell(middle, { part, members: TIME_MEMBERS }));
  }
}

function stratumOf(roles: string, { values }: Group): string {
  const places = values.filter(({ cell }) => cell.members.some((member) => STRATUM_MEMBERS.includes(member)));
  return JSON.stringify([roles, places.map(({ value }) => value)]);
}
