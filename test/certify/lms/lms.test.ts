import { type Certification, certify, type Verdict } from 'clever-sdk/certify';
import { expect, it } from 'vitest';

/** One fault of an app that writes assignments. */
type LmsFault =
  | 'writes everywhere'
  | 'changes by POST'
  | 'forgets ids'
  | 'does not delete'
  | 'repeats what is refused'
  | 'waits for 5 seconds';

/** An app that writes assignments, as a team may write it without the SDK: right but for its fault. */
class LmsApp {
  readonly #fault: LmsFault | undefined;
  readonly #ids = new Map<string, string>();
  #variables: Readonly<Record<string, string>> = {};

  constructor(fault?: LmsFault) {
    this.#fault = fault;
  }

  configure(variables: Readonly<Record<string, string>>): void {
    this.#variables = variables;
  }

  /** Proves that the variables are in force. */
  async sync(): Promise<void> {
    await this.#tokens();
  }

  async act(variables: Readonly<Record<string, string>>): Promise<void> {
    const { CLEVER_LMS_ACTION: action, CLEVER_ASSIGNMENT: title = '' } = variables;
    const { CLEVER_DISTRICT_ID: district = '', CLEVER_SECTION_ID: section = '' } = variables;
    const token = (await this.#tokens()).get(district) ?? '';
    const path = `/v3.1/sections/${section}/assignments`;
    const known = this.#ids.get(title);
    const members = { title, description: 'Two pages', due_date: '2099-01-01T00:00:00.000Z' };
    if (action === 'create' || (action === 'update' && this.#fault === 'changes by POST')) {
      if (this.#fault !== 'writes everywhere' && !(await this.#isReady(district, section, token))) {
        throw new Error('not ready');
      }
      const { data } = (await this.#send('POST', path, token, members)) as { data: { id: string } };
      this.#ids.set(title, this.#fault === 'forgets ids' ? 'unknown' : data.id);
    } else if (action === 'update') {
      await this.#send('PATCH', `${path}/${known}`, token, { points_possible: 10 });
    } else if (this.#fault !== 'does not delete') {
      await this.#send('DELETE', `${path}/${known}`, token);
    }
  }

  async #tokens(): Promise<ReadonlyMap<string, string>> {
    const { CLEVER_CLIENT_ID: id, CLEVER_CLIENT_SECRET: secret, CLEVER_AUTH_ORIGIN: origin } = this.#variables;
    const answer = await fetch(`${origin}/oauth/tokens?owner_type=district`, {
      headers: { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` },
    });
    const { data } = (await answer.json()) as { data: { owner: { id: string }; access_token: string }[] };
    return new Map(data.map(({ owner, access_token: token }) => [owner.id, token]));
  }

  async #isReady(district: string, section: string, token: string): Promise<boolean> {
    const at = async (path: string) =>
      ((await this.#send('GET', path, token)) as { data: Record<string, unknown> }).data;
    const { lms_state: state } = await at(`/v3.1/districts/${district}`);
    const { lms_status: status } = await at(`/v3.1/sections/${section}`);
    return state === 'success' && (status as { synced_in_lms?: boolean } | undefined)?.synced_in_lms === true;
  }

  async #send(method: string, path: string, token: string, body?: object): Promise<unknown> {
    const most = this.#fault === 'repeats what is refused' ? 4 : 1;
    for (let attempt = 1; ; attempt += 1) {
      const answer = await fetch(`${this.#variables['CLEVER_API_ORIGIN']}${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        signal: AbortSignal.timeout(this.#fault === 'waits for 5 seconds' ? 5_000 : 60_000),
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      if (answer.ok) {
        return method === 'DELETE' ? undefined : await answer.json();
      }
      if (attempt >= most) {
        throw new Error(`Clever answered ${answer.status}`);
      }
    }
  }
}

async function tryLms(fault?: LmsFault): Promise<Certification> {
  const app = new LmsApp(fault);
  return await certify({
    app: 'http://localhost:9',
    port: 0,
    suites: ['lms'],
    syncCommand: () => app.sync(),
    lmsCommand: (variables) => app.act(variables),
    onEvent: (event) => {
      if (event.kind === 'listening') {
        app.configure(event.variables);
      }
    },
  });
}

function oddVerdicts({ probes }: Certification): Record<string, Verdict> {
  const odd = probes.filter(({ id, verdict }) => verdict !== (id === 'lms.lti' ? 'review' : 'pass'));
  return Object.fromEntries(odd.map(({ id, verdict }) => [id, verdict]));
}

it('passes a right app', { timeout: 60_000 }, async () => {
  expect(oddVerdicts(await tryLms())).toEqual({});
});

it.concurrent.for<[LmsFault, string]>([
  ['writes everywhere', 'lms.ready-districts'],
  ['changes by POST', 'lms.patch-only'],
  ['forgets ids', 'lms.keeps-ids'],
  ['does not delete', 'lms.deletes'],
  ['repeats what is refused', 'lms.refusals'],
  ['waits for 5 seconds', 'lms.slow-answers'],
])('%s: fails %s alone', { timeout: 60_000 }, async ([fault, probe]) => {
  const { [probe]: verdict, ...others } = oddVerdicts(await tryLms(fault));
  expect(verdict).toBe('fail');
  expect(Object.values(others).filter((other) => other !== 'skipped')).toEqual([]);
});
