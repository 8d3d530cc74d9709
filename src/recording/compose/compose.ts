import { groupBy } from '../../util/group-by.js';
import type { Json } from '../../util/types.js';
import { dealContacts, dealPrevious, dealSections } from '../anonymity/relations.js';
import { makeStandIns, type StandIn, type StandIns } from '../anonymity/stand-ins.js';
import { swapWithin } from '../anonymity/swap.js';
import type { Facts, RawEvent } from '../capture/facts.js';
import { KINDS, type Kind, type RawRecord } from '../capture/kinds.js';
import { RECORD_MEMBERS } from '../members/members.js';
import { isObjectId, Pseudonyms, secondsOfId } from '../pseudonyms/pseudonyms.js';
import { type ComposedAnswers, composeAnswers } from './answers.js';
import { type Crowd, crowdOf, drawnFor } from './previous.js';
import { type Rewriting, rewriteMembers, usually } from './rewrite.js';

/** A record or an event as it is written. */
export interface Composed extends Json {
  readonly id: string;
}

/** What is written: made from facts, and of stand-ins alone. */
export interface Recording {
  readonly version: 'v3.0' | 'v3.1';
  readonly records: Readonly<Record<Kind, readonly Composed[]>>;
  readonly events: readonly Composed[];
  readonly answers: ComposedAnswers;
  readonly replaced: StandIns['replaced'];
  readonly few: StandIns['few'];
  readonly dropped: ReadonlyMap<string, number>;
}

/**
 * Makes a recording from facts.
 *
 * @param groupSize - How many people at least have the same values in what stays.
 */
export function compose(facts: Facts, groupSize: number): Recording {
  return new Composition(facts, groupSize).compose();
}

class Composition {
  readonly #facts: Facts;
  readonly #pseudonyms = new Pseudonyms();
  readonly #standIns: StandIns;
  readonly #people: ReadonlyMap<string, StandIn>;
  /** Another person of the same stratum, for those who are named outside the classes. */
  readonly #others: ReadonlyMap<string, string>;
  readonly #sections: ReadonlyMap<string, RawRecord>;
  readonly #events: readonly RawEvent[];
  /** The records that only events have. */
  readonly #inEvents: ReadonlyMap<Kind, ReadonlyMap<string, RawRecord>>;
  readonly #crowd: Crowd;

  constructor(facts: Facts, groupSize: number) {
    this.#facts = facts;
    this.#events = [...facts.events.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
    this.#inEvents = new Map(
      [...groupBy(this.#events, ({ kind }) => kind)].map(([kind, events]) => [
        kind,
        new Map(
          events.map(({ object }) => [object.id, object] as const).filter(([id]) => !facts.records[kind].has(id)),
        ),
      ]),
    );
    this.#pseudonyms.avoid([
      ...KINDS.flatMap((kind) => [...facts.records[kind].values()]),
      ...this.#events,
      ...facts.answers.values(),
      facts.errors,
    ]);
    const draws = this.#pseudonyms.draws('people');
    const people = this.#all('users');
    this.#standIns = makeStandIns(people, groupSize, draws);
    this.#people = dealContacts(people, this.#standIns.byId, draws);
    this.#others = swapWithin(this.#people, ({ stratum }) => stratum, draws);
    this.#sections = new Map(
      dealSections(this.#all('sections'), this.#people, draws).map((section) => [section.id, section]),
    );
    this.#crowd = crowdOf(
      facts.records.schools.keys(),
      [...this.#people.values()].map(({ record }) => record),
    );
    this.#assignIds();
  }

  compose(): Recording {
    const { records, version, dropped } = this.#facts;
    const composed = (kind: Kind): Composed[] => inOrder([...records[kind].keys()].map((id) => this.#record(kind, id)));
    return {
      version: version === 'v3.0' ? 'v3.0' : 'v3.1',
      records: Object.fromEntries(KINDS.map((kind) => [kind, composed(kind)])) as unknown as Recording['records'],
      events: this.#composeEvents(),
      answers: composeAnswers(this.#facts, this.#rewriting),
      replaced: this.#standIns.replaced,
      few: this.#standIns.few,
      dropped,
    };
  }

  /** All records of a kind: those of the roster, and those that only events have. */
  #all(kind: Kind): RawRecord[] {
    return [...(this.#inEvents.get(kind)?.values() ?? []), ...this.#facts.records[kind].values()];
  }

  /** Ids say when their records were made, in the order of the source; those of people, when their group was. */
  #assignIds(): void {
    const { date, 'personal time': personal } = this.#pseudonyms.shifts;
    const moved = (id: string): number => date.moment(secondsOfId(id) * 1_000) / 1_000;
    for (const kind of KINDS.filter((one) => one !== 'users')) {
      this.#pseudonyms.assignIds(
        this.#all(kind)
          .map(({ id }) => id)
          .sort(),
        moved,
      );
    }
    this.#pseudonyms.assignIds(
      this.#events.map(({ id }) => id),
      moved,
    );
    // In random order: within a second, ids keep the order in which they are passed.
    this.#pseudonyms.assignIds(this.#pseudonyms.draws('order').shuffled([...this.#people.keys()]), (id) => {
      const { timeOf } = this.#people.get(id) as StandIn;
      return isObjectId(timeOf) ? personal.moment(secondsOfId(timeOf) * 1_000) / 1_000 : 0;
    });
  }

  /** Of people who are named outside the records of the roster, others get the place. */
  get #rewriting(): Rewriting {
    return { ...usually(this.#pseudonyms), id: (id) => this.#pseudonyms.id(this.#others.get(id) ?? id) };
  }

  #record(kind: Kind, id: string): Composed {
    const record = kind === 'users' ? this.#people.get(id)?.record : (this.#sections.get(id) ?? this.#known(kind, id));
    // The people in a record of a class or a contact were exchanged before.
    const rewriting = kind === 'users' || kind === 'sections' ? usually(this.#pseudonyms) : this.#rewriting;
    return rewriteMembers(record ?? { id }, RECORD_MEMBERS[kind], rewriting) as Composed;
  }

  #known(kind: Kind, id: string): RawRecord | undefined {
    return this.#facts.records[kind].get(id) ?? this.#inEvents.get(kind)?.get(id);
  }

  #composeEvents(): Composed[] {
    const subjects = this.#subjects();
    const previousSections = this.#previousSections(subjects);
    return this.#events.map((event) => {
      const subject = subjects.get(subjectKey(event)) ?? event.object.id;
      return {
        id: this.#pseudonyms.id(event.id),
        type: `${event.kind}.${event.action}`,
        ...(typeof event.created === 'string' ? { created: this.#moved(event.created) } : {}),
        data: {
          object: this.#record(event.kind, subject),
          ...(event.previous === undefined
            ? {}
            : { previous_attributes: this.#previous(event, event.previous, previousSections) }),
        },
      };
    });
  }

  #moved(text: string): string {
    return this.#pseudonyms.shifts.date.text(text) ?? this.#pseudonyms.text(text);
  }

  /**
   * Which record each event is about: in place of a person, another one with the same roles; in place of a record that
   * the recording does not have, one that it has.
   */
  #subjects(): ReadonlyMap<string, string> {
    const subjects = new Map<string, string>();
    const distinct = new Map(this.#events.map((event) => [subjectKey(event), event]));
    const pools = new Map<string, { readonly ids: readonly string[]; taken: number }>();
    for (const [key, event] of distinct) {
      const sort = this.#sortOf(event);
      const pool = pools.get(sort) ?? {
        ids: this.#pseudonyms.draws('subjects', sort).shuffled(this.#poolOf(event, [...distinct.values()])),
        taken: 0,
      };
      pools.set(sort, pool);
      const subject = pool.ids[pool.taken % pool.ids.length];
      pool.taken += 1;
      const isKept =
        event.kind !== 'users' && (event.action === 'deleted' || this.#facts.records[event.kind].has(event.object.id));
      subjects.set(key, isKept ? event.object.id : (subject ?? event.object.id));
    }
    return subjects;
  }

  /** Events of one sort exchange the records that they are about. */
  #sortOf({ kind, action, object }: RawEvent): string {
    return JSON.stringify([kind, action === 'deleted', this.#people.get(object.id)?.roles]);
  }

  #poolOf(event: RawEvent, others: readonly RawEvent[]): string[] {
    const sort = this.#sortOf(event);
    const roster = [...this.#facts.records[event.kind].keys()].filter(
      (id) => this.#people.get(id)?.roles === this.#people.get(event.object.id)?.roles,
    );
    const inEvents = others.filter((other) => this.#sortOf(other) === sort).map(({ object }) => object.id);
    return event.action === 'deleted' || roster.length === 0 ? [...new Set(inEvents)] : roster;
  }

  /** What sections were before events, by the id of the event. */
  #previousSections(subjects: ReadonlyMap<string, string>): ReadonlyMap<string, Json> {
    const events = this.#events.filter(({ kind }) => kind === 'sections');
    const changes = events.map((event) => {
      const subject = subjects.get(subjectKey(event)) ?? event.object.id;
      return {
        previous: event.previous ?? {},
        source: this.#known('sections', subject),
        dealt: this.#sections.get(subject),
      };
    });
    const draws = this.#pseudonyms.draws('previous sections');
    const dealt = dealPrevious(changes, this.#all('sections'), this.#people, draws);
    return new Map(events.map(({ id }, index) => [id, dealt[index] ?? {}]));
  }

  #previous({ id, kind }: RawEvent, previous: Json, sections: ReadonlyMap<string, Json>): object {
    if (kind === 'users') {
      const draws = this.#pseudonyms.draws('previous', id);
      const rewriting = drawnFor(previous, this.#crowd, draws, `previous ${id}`, this.#rewriting);
      return rewriteMembers(previous, RECORD_MEMBERS[kind], rewriting);
    }
    // The people in a section were exchanged before.
    const rewriting = kind === 'sections' ? usually(this.#pseudonyms) : this.#rewriting;
    return rewriteMembers(sections.get(id) ?? previous, RECORD_MEMBERS[kind], rewriting);
  }
}

/** Events about one record are about one record in the recording, too; of a deleted one, about another. */
function subjectKey({ kind, action, object }: RawEvent): string {
  return JSON.stringify([kind, action === 'deleted', object.id]);
}

function inOrder(records: readonly Composed[]): Composed[] {
  return [...records].sort((a, b) => (a.id < b.id ? -1 : 1));
}
