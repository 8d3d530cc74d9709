import { omitUndefined } from '../../../../util/omit-undefined.js';
import { EXIT } from '../../../session/exit-codes.js';
import { CommandFailure } from '../../../session/failure.js';
import type { CommandIo } from '../../../terminal/io.js';
import { visible, visibleJson } from '../../../terminal/visible.js';
import type { TriggerOptions } from './options.js';
import { TRIGGERS } from './table.js';

/** Ids of records by kind. */
type Ids = Readonly<Record<string, readonly string[]>>;

/** A district as the sandbox describes it. */
interface ShownDistrict {
  readonly id: string;
  readonly name: string;
}

/** What the sandbox answers. */
interface Answer {
  readonly trigger: string;
  readonly now: string;
  readonly district?: ShownDistrict;
  readonly used?: Readonly<Record<string, string>>;
  readonly created?: Ids;
  readonly updated?: Ids;
  readonly deleted?: Ids;
  readonly eventIds?: readonly string[];
  readonly whyNoEvents?: keyof typeof NO_EVENTS;
  readonly token?: string;
  readonly isChanged?: boolean;
}

/** What the sandbox answers when it refuses. */
interface Refused {
  readonly code: string;
  readonly message: string;
  readonly districts?: readonly ShownDistrict[];
}

const NO_EVENTS = {
  paused: 'none while the district is paused',
  switched_off: 'none: they are switched off for the app',
  not_connected: 'none: the app is not connected',
} as const;

/** How many districts a message names. */
const NAMED = 20;

/**
 * Asks a running sandbox for a trigger, and prints what changed.
 *
 * @throws {@link CommandFailure} when no sandbox answers, or it refuses.
 */
export async function runTrigger(
  io: CommandIo,
  name: string,
  { url, port, district, json, verbose: _, ...options }: TriggerOptions,
  { defaultPort, by }: { readonly defaultPort: number; readonly by?: number | undefined },
): Promise<void> {
  const address = url ?? `http://127.0.0.1:${port ?? defaultPort}`;
  const body = omitUndefined({ trigger: name, district, options: omitUndefined({ ...options, by }) });
  const answer = await ask(io, address, body);
  await io.out(json === true ? `${visibleJson(answer)}\n` : textOf(answer));
}

async function ask(io: CommandIo, address: string, body: object): Promise<Answer> {
  const send = io.fetch ?? fetch;
  const response = await send(`${address}/sandbox/trigger`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    redirect: 'manual',
    signal: io.signal,
  }).catch((error: unknown) => {
    io.signal.throwIfAborted();
    throw error instanceof TypeError ? unreachable(address, error.cause) : error;
  });
  const answered = (await response.json().catch(() => undefined)) as { error?: Refused } | Answer | undefined;
  if (response.ok && answered !== undefined && 'trigger' in answered) {
    return answered;
  }
  const refused = answered !== undefined && 'error' in answered ? answered.error : undefined;
  throw typeof refused?.code === 'string'
    ? failureOf(refused)
    : new CommandFailure(
        `what answers at ${visible(address)} (status ${response.status}) is no sandbox, or one of another version.`,
      );
}

function unreachable(address: string, cause: unknown): CommandFailure {
  const { code = '' } = (cause ?? {}) as NodeJS.ErrnoException;
  if (/CERT|VERIFY/u.test(code)) {
    return new CommandFailure(
      `the certificate of ${visible(address)} is not trusted (${code}). Name its file in NODE_EXTRA_CA_CERTS.`,
    );
  }
  return new CommandFailure(
    `no sandbox answers at ${visible(address)}. Start one with \`clever-sdk sandbox\`, or say where it is with --port, or with --url for one with a certificate.`,
  );
}

function failureOf({ code, message, districts = [] }: Refused): CommandFailure {
  const named = districts.slice(0, NAMED).map(({ id, name }) => `\n  ${visible(id)}  ${visible(name)}`);
  const list = `${named.join('')}${districts.length > NAMED ? '\n  …' : ''}`;
  switch (code) {
    case 'choose_district':
      return new CommandFailure(`several districts can be meant. Choose one with --district:${list}`, EXIT.usage);
    case 'same_name':
      return new CommandFailure(`several districts have this name. Choose one by its id:${list}`, EXIT.usage);
    case 'unknown_district':
      return new CommandFailure(`no district has this id or name. The sandbox has:${list}`, EXIT.usage);
    default:
      return new CommandFailure(`the sandbox refused: ${visible(message)}`);
  }
}

function textOf(answer: Answer): string {
  const { trigger, district, used = {}, created, updated, deleted, eventIds, token, isChanged, now } = answer;
  const entry = TRIGGERS[trigger];
  const said = (isChanged === false ? entry?.same : undefined) ?? entry?.done ?? trigger;
  const counts = Object.entries({ created, updated, deleted })
    .map(([action, ids]) => [action, countsOf(ids)] as const)
    .filter(([, text]) => text !== '');
  const rows: (readonly [string, string])[] = [
    ...(district === undefined ? [] : [['district', visible(district.name)] as const]),
    ...Object.entries(used).map(([name, id]) => [name, visible(id)] as const),
    ...counts,
    ...(eventIds === undefined || isChanged === false ? [] : [['events', eventsText(answer, eventIds)] as const]),
    ...(district === undefined ? [['time', now] as const] : []),
  ];
  const width = Math.max(0, ...rows.map(([name]) => name.length));
  return [
    `${said}.`,
    ...rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`),
    ...(token === undefined ? [] : [`CLEVER_DISTRICT_TOKEN=${visible(token)}`]),
    '',
  ].join('\n');
}

/** `1 user, 3 sections`. */
function countsOf(ids: Ids = {}): string {
  return Object.entries(ids)
    .filter(([, list]) => list.length > 0)
    .map(([kind, { length }]) => `${length.toLocaleString('en')} ${length === 1 ? kind.replace(/s$/u, '') : kind}`)
    .join(', ');
}

function eventsText({ whyNoEvents }: Answer, eventIds: readonly string[]): string {
  if (eventIds.length > 0) {
    return eventIds.length.toLocaleString('en');
  }
  return whyNoEvents === undefined ? 'none' : (NO_EVENTS[whyNoEvents] ?? 'none');
}
