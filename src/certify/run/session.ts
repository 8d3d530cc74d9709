import { App } from '../app/app.js';
import { type CommandEnd, runCommand } from '../app/commands.js';
import { lastLineOf } from '../app/last-line.js';
import { readWhoAmI, type WhoAmI } from '../app/whoami.js';
import { Stage } from '../clever/stage.js';
import type { CertifyEvent } from '../events.js';
import type { CertifyOptions, RosterLine } from '../options.js';
import type { SyncOutcome } from '../probes/probe.js';
import { Bounds } from '../visitor/bounds.js';
import { AppTrouble, type Visitor } from '../visitor/visitor.js';
import type { ResolvedOptions } from './check-options.js';
import { isLoopback } from './loopback.js';
import { rosterLinesIn, rosterLinesOf } from './roster-lines.js';
import { type MakeVisitor, openVisitors } from './visitors.js';

/** The commands of an app. */
type CommandName = 'sync' | 'roster' | 'purge' | 'lms';

/** What a {@link Session} is made from, beside its options. */
interface SessionParts {
  readonly stage: Stage;
  readonly makeVisitor: MakeVisitor;
  readonly whoami: WhoAmI | undefined;
  readonly signal: AbortSignal;
}

/** Everything that the probes of one run share. */
export class Session {
  readonly options: CertifyOptions;
  readonly resolved: ResolvedOptions;
  readonly stage: Stage;
  readonly app: App;
  readonly signal: AbortSignal;
  readonly #makeVisitor: MakeVisitor;
  readonly #visitors = new Set<Visitor>();

  private constructor(
    options: CertifyOptions,
    resolved: ResolvedOptions,
    { stage, makeVisitor, whoami, signal }: SessionParts,
  ) {
    this.options = options;
    this.resolved = resolved;
    this.stage = stage;
    this.signal = signal;
    this.#makeVisitor = makeVisitor;
    this.app = new App({
      origin: resolved.app,
      loginUrl: resolved.loginUrl,
      logoutUrl: resolved.logoutUrl,
      whoami,
      stage,
    });
  }

  static async open(options: CertifyOptions, resolved: ResolvedOptions, signal: AbortSignal): Promise<Session> {
    const stage = await Stage.open(resolved);
    try {
      const bounds = new Bounds({
        mayReach: (url) => isLoopback(url.hostname) || url.hostname === resolved.app.hostname,
        answerMs: resolved.answerMs,
        maxRequests: resolved.maxRequests,
        signal,
      });
      // Before the browser starts, so that a wrong option starts none.
      const whoami = options.whoami === undefined ? undefined : readWhoAmI(options.whoami, resolved.app);
      const makeVisitor = await openVisitors(options, bounds);
      return new Session(options, resolved, { stage, makeVisitor, whoami, signal });
    } catch (error) {
      await stage.close();
      throw error;
    }
  }

  emit(event: CertifyEvent): void {
    this.options.onEvent?.(event);
  }

  async newVisitor(): Promise<Visitor> {
    const visitor = await this.#makeVisitor.visitor();
    this.#visitors.add(visitor);
    return visitor;
  }

  async closeVisitors(): Promise<void> {
    await Promise.allSettled([...this.#visitors].map((visitor) => visitor.close()));
    this.#visitors.clear();
  }

  /** Lets the app's sync run once. `waiting`: how many probes wait for it. */
  async sync(waiting: number): Promise<SyncOutcome> {
    return await this.#run('sync', this.options.syncCommand, {}, waiting);
  }

  async purge(districtId: string): Promise<SyncOutcome> {
    const { purgeCommand } = this.options;
    const command = typeof purgeCommand === 'function' ? () => purgeCommand(districtId) : purgeCommand;
    return await this.#run('purge', command, { CLEVER_DISTRICT_ID: districtId }, 1);
  }

  async lms(variables: Readonly<Record<string, string>>): Promise<SyncOutcome> {
    const { lmsCommand } = this.options;
    const command = typeof lmsCommand === 'function' ? () => lmsCommand(variables) : lmsCommand;
    return await this.#run('lms', command, variables, 1);
  }

  /**
   * What the app knows.
   *
   * @throws AppTrouble when the command fails.
   */
  async roster(): Promise<readonly RosterLine[]> {
    const { rosterCommand } = this.options;
    if (typeof rosterCommand === 'function') {
      const { value, failure } = await this.#bounded(rosterCommand);
      if (failure !== undefined || !Array.isArray(value)) {
        throw new AppTrouble(`The app's roster ${failure ?? 'is no list of lines'}.`);
      }
      return rosterLinesOf(value);
    }
    const end = await this.#command('roster', rosterCommand ?? '', {}, 1);
    if (end.exitCode !== 0) {
      throw new AppTrouble(this.#describe('roster', end));
    }
    return rosterLinesIn(end.output);
  }

  async close(): Promise<void> {
    await this.closeVisitors();
    await this.#makeVisitor.close();
    await this.stage.close();
  }

  async #run(
    name: CommandName,
    command: string | (() => Promise<unknown>) | undefined,
    variables: Readonly<Record<string, string>>,
    waiting: number,
  ): Promise<SyncOutcome> {
    const mark = this.stage.witness.mark;
    if (typeof command !== 'function') {
      const end = await this.#command(name, command ?? '', variables, waiting);
      const { exitCode, durationMs } = end;
      return { ok: exitCode === 0, exitCode, durationMs, mark, text: this.#describe(name, end) };
    }
    this.emit({ kind: 'command_started', command: name, for: waiting });
    const begin = performance.now();
    const { failure } = await this.#bounded(command);
    const durationMs = performance.now() - begin;
    this.emit({ kind: 'command_ended', command: name, durationMs });
    const text = failure === undefined ? `The app's ${name} ended without an error.` : `The app's ${name} ${failure}.`;
    return { ok: failure === undefined, exitCode: undefined, durationMs, mark, text };
  }

  /** What a function of the app returned, or what went wrong. */
  async #bounded<Value>(run: () => Promise<Value>): Promise<{ readonly value?: Value; readonly failure?: string }> {
    const { commandMs } = this.resolved;
    const limit = AbortSignal.any([this.signal, AbortSignal.timeout(commandMs)]);
    const late = new Promise<'late'>((resolve) =>
      limit.addEventListener('abort', () => resolve('late'), { once: true }),
    );
    try {
      const end = await Promise.race([run().then((value) => ({ value })), late]);
      this.signal.throwIfAborted();
      return end === 'late' ? { failure: `did not end in ${commandMs / 1_000} s` } : end;
    } catch (error) {
      this.signal.throwIfAborted();
      return { failure: `failed with ${error instanceof Error ? error.name : 'an error'}` };
    }
  }

  async #command(
    name: CommandName,
    command: string,
    variables: Readonly<Record<string, string>>,
    waiting: number,
  ): Promise<CommandEnd> {
    this.emit({ kind: 'command_started', command: name, for: waiting });
    const { cwd, commandMs } = this.resolved;
    const end = await runCommand({
      command,
      cwd,
      timeoutMs: commandMs,
      signal: this.signal,
      variables: { ...this.stage.variables, ...this.#timeAtClever(), ...variables },
    });
    this.emit({ kind: 'command_ended', command: name, durationMs: end.durationMs });
    return end;
  }

  /** For apps that go by their own clock: what time it is in the present world. */
  #timeAtClever(): Readonly<Record<string, string>> {
    return { CLEVER_NOW: new Date(this.stage.world.sandbox.now()).toISOString() };
  }

  #describe(name: CommandName, { exitCode, errors }: CommandEnd): string {
    if (exitCode === 0) {
      return `The app's ${name} command ended with 0.`;
    }
    const last = this.stage.witness.redact(lastLineOf(errors, process.env));
    const said = last === '' ? '' : ` Its standard error says: ${last}`;
    return exitCode === undefined
      ? `The app's ${name} command did not end in ${this.resolved.commandMs / 1_000} s.`
      : `The app's ${name} command ended with ${exitCode}.${said}`;
  }
}
