import { type ClientEvent, createCleverClient } from 'clever-sdk';
import { createSandbox, type LoggedRequest, type Sandbox } from 'clever-sdk/sandbox';
import { describeError, describeEvent } from './describe.ts';
import type { Entrance } from './entrances.ts';
import { FAULTS, type FaultChoice, type FaultName } from './faults.ts';
import { DEFAULT_SEED, PAGE_SIZE, type Seed, TIMEOUT_MS } from './limits.ts';
import { LoginDemo, type LoginReport, type PersonChoice, peopleAt, REDIRECT_URI } from './login.ts';
import type { Print } from './output.ts';
import { type RosterKind, readRoster, type Table } from './roster.ts';
import { runSnippet } from './snippet.ts';

/** A request of the log, as the page shows it. */
export type LogRow = Pick<
  LoggedRequest,
  'number' | 'method' | 'path' | 'query' | 'token' | 'status' | 'outcome' | 'faults'
>;

/** The sandbox of the page and everything that its panels do with it. Knows nothing of browsers. */
export class Playground {
  #sandbox: Sandbox;
  #login: LoginDemo;
  #faults: readonly FaultName[] = [];
  /** Numbers of the requests that this page has made to show the roster, which are no one's business. */
  readonly #own = new Set<number>();

  constructor() {
    this.#sandbox = makeSandbox(DEFAULT_SEED);
    this.#login = new LoginDemo(this.#sandbox);
  }

  /** Replaces the sandbox by one with other people. */
  async make(from: Seed): Promise<void> {
    this.#sandbox = makeSandbox(from);
    this.#login = new LoginDemo(this.#sandbox);
    this.#own.clear();
  }

  /** The roster of the first district, as it is now. */
  async roster(): Promise<Readonly<Record<RosterKind, Table>>> {
    const [{ token }] = this.#sandbox.districts;
    const before = this.#latest();
    const tables = await readRoster(this.#client().district({ token }));
    for (let number = before + 1; number <= this.#latest(); number += 1) {
      this.#own.add(number);
    }
    return tables;
  }

  /** People who can log in through an entrance. */
  async people(entrance: Entrance): Promise<PersonChoice[]> {
    return peopleAt(this.#sandbox, entrance);
  }

  /** Logs a person in. */
  async login(entrance: Entrance, personId: string): Promise<LoginReport> {
    return await this.#withFaults(() => this.#login.run(entrance, personId));
  }

  /** Chooses the faults that all later runs meet. */
  async setFaults(names: readonly FaultName[]): Promise<void> {
    this.#faults = names;
  }

  /** Reads the students of the district, and prints what the client reports and how it ends. */
  async readStudents(print: Print): Promise<void> {
    const [{ id }] = this.#sandbox.districts;
    const onEvent = (event: ClientEvent): void => print({ kind: 'event', text: describeEvent(event) });
    const clever = this.#client({ onEvent, timeoutMs: TIMEOUT_MS });
    await this.#withFaults(async () => {
      const students = new Set<string>();
      try {
        for await (const student of clever
          .district({ districtId: id })
          .users.list({ role: 'student', pageSize: PAGE_SIZE })) {
          students.add(student.id);
        }
        print({ kind: 'result', text: `Read ${students.size} students, each once.` });
      } catch (error) {
        print({ kind: 'error', text: describeError(error) });
      }
    });
  }

  /** Runs the code of a person. */
  async runSnippet(code: string, print: Print): Promise<void> {
    await this.#withFaults(() => runSnippet(code, this.#sandbox, print));
  }

  /** The requests so far, the latest first, without those of the page itself. */
  async requests(): Promise<LogRow[]> {
    return this.#sandbox
      .requests()
      .filter(({ number }) => !this.#own.has(number))
      .map(({ number, method, path, query, token, status, outcome, faults }) => {
        return { number, method, path, query, token, status, outcome, faults };
      })
      .reverse();
  }

  async clearRequests(): Promise<void> {
    this.#sandbox.clearRequests();
    this.#own.clear();
  }

  /** Lets each chosen fault happen in a run, as often as it does, and in nothing else. */
  async #withFaults<T>(run: () => Promise<T>): Promise<T> {
    const [district] = this.#sandbox.districts;
    for (const name of this.#faults) {
      const { fault }: FaultChoice = FAULTS[name];
      if (fault === undefined) {
        district.disconnect();
      } else {
        this.#sandbox.faults.add(fault);
      }
    }
    try {
      return await run();
    } finally {
      this.#sandbox.faults.clear();
      district.connect();
    }
  }

  #latest(): number {
    return this.#sandbox.requests().at(-1)?.number ?? 0;
  }

  #client(options: { onEvent?: (event: ClientEvent) => void; timeoutMs?: number } = {}) {
    return createCleverClient({ ...this.#sandbox.clientOptions(), ...options, dangerouslyAllowBrowser: true });
  }
}

function makeSandbox({ seed, students }: Seed): Sandbox {
  return createSandbox({ seed, students, redirectUris: [REDIRECT_URI] });
}
