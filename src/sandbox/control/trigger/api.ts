import type { Context } from 'hono';
import { json } from '../../clever/api/answers.js';
import { readText, TOO_LARGE } from '../../clever/body.js';
import { isAskedHere } from '../../clever/browser/this-machine.js';
import type { Env } from '../../clever/context.js';
import { assertKnownKeys } from '../../roster/checks.js';
import { SandboxError } from '../../roster/error.js';
import type { District } from '../../world/district.js';
import type { World } from '../../world/world.js';
import type { Control } from '../control.js';
import { chooseDistrict } from './choose-district.js';
import { CONNECTION_TRIGGERS } from './connection-triggers.js';
import { ROSTER_TRIGGERS } from './roster-triggers.js';
import type { OptionKinds, Trigger, TriggerResult } from './trigger.js';

const TRIGGERS: Readonly<Record<string, Trigger>> = { ...ROSTER_TRIGGERS, ...CONNECTION_TRIGGERS };

/** What a program asks for. */
interface Asked {
  readonly trigger: string;
  /** Id or name. */
  readonly district: string | undefined;
  readonly options: Readonly<Record<string, unknown>>;
}

/**
 * `POST /sandbox/trigger`: lets a program on this machine change the sandbox, as a test does in code. The command
 * line uses it. Its body is JSON: `{ trigger, district?, options? }`.
 *
 * No web page can call it, not even one of the sandbox: browsers name the page's origin in every POST, and a request
 * with an origin is refused. Like the dashboard, it is served at the names of this machine only.
 */
export function triggerApi(control: Control) {
  return async (context: Context<Env>): Promise<Response> => {
    const { raw } = context.req;
    if (!isAskedHere(raw)) {
      return refusal(403, 'forbidden', 'Triggers are available only at localhost and 127.0.0.1.');
    }
    if (['origin', 'sec-fetch-site', 'referer'].some((name) => raw.headers.has(name))) {
      return refusal(403, 'forbidden', 'Triggers are for programs: a web page cannot use them.');
    }
    if (!/^application\/json(?:;|$)/iu.test(context.req.header('content-type') ?? '')) {
      return refusal(415, 'invalid', 'The body must be JSON, with `content-type: application/json`.');
    }
    const text = await readText(context);
    if (text === undefined) {
      return refusal(413, 'invalid', `This cannot be read: ${TOO_LARGE}.`);
    }
    try {
      return answer(readAsked(text), control, context.env.world);
    } catch (error) {
      if (error instanceof SandboxError) {
        return refusal(400, 'refused', error.message);
      }
      throw error;
    }
  };
}

function answer({ trigger: name, district: wanted, options }: Asked, control: Control, world: World): Response {
  const trigger = Object.hasOwn(TRIGGERS, name) ? TRIGGERS[name] : undefined;
  if (trigger === undefined) {
    return refusal(400, 'unknown_trigger', `No trigger has this name. Triggers: ${Object.keys(TRIGGERS).join(', ')}.`);
  }
  checkOptions(options, trigger.options);
  const chosen =
    trigger.scope === 'sandbox'
      ? { district: world.districts[0] as District }
      : chooseDistrict(world.districts, wanted, name);
  if (!('district' in chosen)) {
    const { code, choices } = chosen;
    return refusal(400, code, 'Choose one of these districts by its id.', { districts: choices.map(shown) });
  }
  const { district } = chosen;
  const result = trigger.act({ world, control, district, owner: control.district(district.id) }, options);
  return json({
    trigger: name,
    ...(trigger.scope === 'district' ? { district: shown(district) } : {}),
    ...result,
    ...whyNoEvents(result, district, world),
    now: new Date(control.now()).toISOString(),
  });
}

/** Says why no event reports a change of the roster. */
function whyNoEvents({ created, updated, deleted, eventIds }: TriggerResult, district: District, world: World): object {
  const changes = [created, updated, deleted].flatMap((ids) => Object.values(ids ?? {}).flat());
  if (changes.length === 0 || eventIds === undefined || eventIds.length > 0) {
    return {};
  }
  if (district.appToken === undefined) {
    return { whyNoEvents: 'not_connected' };
  }
  if (!world.eventSwitch.isOn) {
    return { whyNoEvents: 'switched_off' };
  }
  return district.roster.paused.size > 0 ? { whyNoEvents: 'paused' } : {};
}

function readAsked(text: string): Asked {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw new SandboxError('The body is not JSON.');
  }
  if (!isObject(body)) {
    throw new SandboxError('The body must be an object: { trigger, district, options }.');
  }
  assertKnownKeys('The body', body, ['trigger', 'district', 'options']);
  const { trigger, district, options = {} } = body;
  if (typeof trigger !== 'string' || !(district === undefined || typeof district === 'string') || !isObject(options)) {
    throw new SandboxError('`trigger` and `district` must be texts, and `options` an object.');
  }
  return { trigger, district, options };
}

/** What the values of each kind of option are. */
const KINDS: Readonly<Record<OptionKinds[string], readonly [is: (value: unknown) => boolean, what: string]>> = {
  text: [isText, 'text'],
  texts: [(value) => Array.isArray(value) && value.every(isText), 'a list of texts'],
  flag: [(value) => typeof value === 'boolean', 'true or false'],
  duration: [
    (value) => typeof value === 'number' && Number.isSafeInteger(value) && value > 0,
    'a whole number of milliseconds above 0',
  ],
};

function checkOptions(
  options: Readonly<Record<string, unknown>>,
  kinds: OptionKinds,
): asserts options is Record<string, never> {
  assertKnownKeys('This trigger', options, Object.keys(kinds));
  for (const [name, value] of Object.entries(options)) {
    const [isRight, what] = KINDS[kinds[name] ?? 'text'];
    if (!isRight(value)) {
      throw new SandboxError(`\`${name}\` must be ${what}.`);
    }
  }
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value.trim() !== '';
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function shown({ id, name, connection }: District): object {
  return { id, name, connection };
}

function refusal(status: number, code: string, message: string, more: object = {}): Response {
  return json({ error: { code, message, ...more } }, status);
}
