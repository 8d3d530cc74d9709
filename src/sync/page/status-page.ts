import { isCleverError } from '../../errors/base.js';
import { CleverConfigError } from '../../errors/config.js';
import { html } from '../../html/html.js';
import { checkOptions } from '../../options/known-keys.js';
import { keysOf } from '../../util/keys-of.js';
import type { SyncRun } from '../runs.js';
import { DISTRICT_STATES, type DistrictState, type DistrictStatus } from '../status.js';
import type { RosterSync } from '../sync.js';
import { isText } from '../text.js';
import { adviceFor } from './advice.js';
import { districtPage, RUNS_PER_PAGE } from './district-page.js';
import { DISTRICTS_PER_PAGE, districtsPage } from './districts-page.js';
import { type FormPurpose, type FormTokens, formTokens, isFromOwnPage } from './form-token.js';
import { goTo, type Page, respond } from './layout.js';
import { ALL, districtAddress, runAddress } from './links.js';
import { approvePage, runPage } from './run-page.js';
import { isWaiting } from './states.js';

/** What someone wants to do at the status page, asked of `authorize`. */
export type StatusPageQuestion =
  /** See all districts and runs: their names, numbers and errors. */
  | { readonly action: 'view'; readonly request: Request }
  /** Have a district run now. */
  | { readonly action: 'request'; readonly request: Request; readonly districtId: string }
  /** Approve a plan that the guard holds. */
  | { readonly action: 'approve'; readonly request: Request; readonly districtId: string; readonly run: number };

/** Whether they may, and who they are: `by` is stored with an approval. */
export type StatusPageAnswer = boolean | { readonly by: string };

/** Options of `statusPage`. */
export interface StatusPageOptions {
  /**
   * Says who may do what, from the request: its session cookie, or what a middleware has checked. Nothing is shown and
   * nothing is done before it allows it. To allow `approve`, it must return who approves: `{ by: 'ops@example.com' }`.
   */
  readonly authorize: (question: StatusPageQuestion) => StatusPageAnswer | Promise<StatusPageAnswer>;
  /**
   * Signs the forms of the page: a text of at least 32 bytes. Default: a random one, so that a form works in the
   * process that made it. Pass one where several processes serve the page.
   */
  readonly secret?: string | undefined;
}

/** The calls of a sync that the status page uses. */
export type StatusPageSync = Pick<RosterSync, 'status' | 'summary' | 'runs' | 'approve' | 'request'>;

const KEYS = keysOf<StatusPageOptions>()({ authorize: true, secret: true });
const CALLS = ['status', 'summary', 'runs', 'approve', 'request'] as const satisfies (keyof StatusPageSync)[];
/** A form of the page is far smaller. */
const LONGEST_BODY = 4_096;

/**
 * Makes the status page of a sync, for an app's own admin area: districts with search and filter, their runs, failures
 * with advice, held plans with their numbers, and buttons to approve them and to ask for a run. It shows no record and
 * no person, and works without script.
 *
 * Mount it at any path, for GET and POST: all its addresses are queries of that one path. Where a proxy ends TLS, give
 * it the public URL of the request. In Node, pass requests through `toNodeHandler`, before a parser of bodies.
 *
 * @returns A web-standard handler. It answers 403 to whom `authorize` refuses. It rejects with what `authorize` throws.
 * @throws `CleverConfigError` without `authorize`, and for an option that does not exist or has an invalid value.
 *
 * @example
 * ```ts
 * import { type RosterSync, statusPage } from 'clever-sdk/sync';
 *
 * declare const sync: RosterSync;
 * declare function sessionOf(request: Request): Promise<{ email: string; isOps: boolean } | undefined>;
 *
 * const page = statusPage(sync, {
 *   secret: process.env['STATUS_PAGE_SECRET'],
 *   authorize: async ({ request }) => {
 *     const session = await sessionOf(request);
 *     return session?.isOps === true && { by: session.email };
 *   },
 * });
 * // Hono: app.all('/admin/clever', (c) => page(c.req.raw));
 * ```
 */
export function statusPage(sync: StatusPageSync, options: StatusPageOptions): (request: Request) => Promise<Response> {
  if (!CALLS.every((call) => typeof sync?.[call] === 'function')) {
    throw new CleverConfigError('statusPage(): the first argument must be a sync, as createRosterSync() returns it.');
  }
  checkOptions('statusPage()', options ?? {}, KEYS);
  if (typeof options?.authorize !== 'function') {
    throw new CleverConfigError(
      'statusPage(): `authorize` is missing. Pass a function that says who may see the page and who may approve: nothing is shown without it.',
    );
  }
  const visits = { sync, authorize: options.authorize, tokens: formTokens(options.secret) };
  return async (request) => {
    const response = await answer(visits, request);
    return request.method === 'HEAD' ? new Response(null, response) : response;
  };
}

interface Visits {
  readonly sync: StatusPageSync;
  readonly authorize: StatusPageOptions['authorize'];
  readonly tokens: FormTokens;
}

async function answer({ sync, authorize, tokens }: Visits, request: Request): Promise<Response> {
  if (!['GET', 'HEAD', 'POST'].includes(request.method)) {
    return respond(methodPage('GET, HEAD, POST'));
  }
  const visit = new Visit(sync, authorize, tokens, request);
  if ((await visit.ask({ action: 'view', request })) === undefined) {
    return respond(FORBIDDEN);
  }
  try {
    const page = request.method === 'POST' ? await visit.submit() : await visit.show();
    return typeof page === 'string' ? goTo(page) : respond(page);
  } catch (error) {
    if (isCleverError(error) && (error.code === 'sync_database' || error.code === 'sync_schema')) {
      return respond(brokenPage(error.code));
    }
    throw error;
  }
}

/** One request. */
class Visit {
  readonly #sync: StatusPageSync;
  readonly #authorize: StatusPageOptions['authorize'];
  readonly #tokens: FormTokens;
  readonly #request: Request;
  readonly #query: URLSearchParams;

  constructor(sync: StatusPageSync, authorize: StatusPageOptions['authorize'], tokens: FormTokens, request: Request) {
    this.#sync = sync;
    this.#authorize = authorize;
    this.#tokens = tokens;
    this.#request = request;
    this.#query = new URL(request.url).searchParams;
  }

  /** Who may, as far as the app says: an empty text for a person without a name; `undefined` for one who may not. */
  async ask(question: StatusPageQuestion): Promise<string | undefined> {
    const allowed = await this.#authorize(question);
    const by = typeof allowed === 'object' ? allowed?.by : undefined;
    if (allowed !== true && (typeof by !== 'string' || by === '')) {
      return undefined;
    }
    if (question.action === 'approve' && by === undefined) {
      throw new CleverConfigError(
        'statusPage(): to allow `approve`, `authorize` must return who approves: { by: name }. `true` has no name to store.',
      );
    }
    return by ?? '';
  }

  /** `GET`: shows what the query names, and changes nothing. */
  async show(): Promise<Page> {
    const approve = this.#query.get('approve');
    if (approve !== null) {
      return this.#question(approve);
    }
    const run = this.#query.get('run');
    if (run !== null) {
      return this.#run(run);
    }
    // A form's own address is shown by GET when its answer is loaded again.
    const district = this.#query.get('district') ?? this.#query.get('request');
    return district === null ? this.#districts() : this.#district(district);
  }

  /**
   * `POST`: does what a form asks for.
   *
   * @returns Where to go next, or a page that says why nothing was done.
   */
  async submit(): Promise<Page | string> {
    if (!isFromOwnPage(this.#request)) {
      return FOREIGN_FORM;
    }
    const fields = await this.#fields();
    if (fields === undefined) {
      return NO_FORM;
    }
    const approve = this.#query.get('approve');
    if (approve !== null) {
      return this.#approve(approve, fields);
    }
    const district = this.#query.get('request');
    return district === null ? methodPage('GET, HEAD') : this.#requestRun(district, fields);
  }

  async #districts(): Promise<Page> {
    const search = this.#query.get('search')?.replaceAll('\0', '').trim() || undefined;
    const state = DISTRICT_STATES.find((known) => known === this.#query.get('state'));
    const summary = await this.#sync.summary(search === undefined ? {} : { search });
    const found = state === undefined ? summary.districts : summary.states[state];
    const wanted = Number(/^\d{1,7}$/u.exec(this.#query.get('page') ?? '')?.[0] ?? 1);
    const page = Math.min(Math.max(wanted, 1), Math.max(Math.ceil(found / DISTRICTS_PER_PAGE), 1));
    const districts = await this.#sync.status({
      orderBy: 'name',
      limit: DISTRICTS_PER_PAGE,
      offset: (page - 1) * DISTRICTS_PER_PAGE,
      ...(search === undefined ? {} : { search }),
      ...(state === undefined ? {} : { state: state satisfies DistrictState }),
    });
    return districtsPage({ search, state, page }, summary, districts);
  }

  async #district(id: string): Promise<Page> {
    const district = await this.#find(id);
    if (district === undefined) {
      return UNKNOWN;
    }
    const { districtId } = district;
    const before = numberIn(this.#query.get('before'));
    const runs = await this.#sync.runs({
      districtId,
      limit: RUNS_PER_PAGE + 1,
      ...(before === undefined ? {} : { before }),
    });
    const by = await this.ask({ action: 'request', request: this.#request, districtId });
    return districtPage({
      district,
      runs: runs.slice(0, RUNS_PER_PAGE),
      hasOlder: runs.length > RUNS_PER_PAGE,
      now: await this.#now(),
      done: this.#query.get('done') ?? undefined,
      token: by === undefined ? undefined : await this.#tokens.sign({ by, action: 'request', target: districtId }),
    });
  }

  async #run(text: string): Promise<Page> {
    const run = await this.#findRun(text);
    if (run === undefined) {
      return UNKNOWN;
    }
    return runPage({
      run,
      district: await this.#nameOf(run),
      now: await this.#now(),
      done: this.#query.get('done') ?? undefined,
      mayApprove: isWaiting(run) && (await this.#mayApprove(run)) !== undefined,
    });
  }

  /** The question before an approval. */
  async #question(text: string, again?: string): Promise<Page> {
    const run = await this.#findRun(text);
    if (run === undefined) {
      return UNKNOWN;
    }
    const by = await this.#mayApprove(run);
    if (by === undefined) {
      return FORBIDDEN;
    }
    const { plan } = run;
    if (!isWaiting(run) || plan === undefined) {
      return settledPage(run);
    }
    return approvePage({
      run,
      plan,
      district: await this.#nameOf(run),
      by,
      token: await this.#tokens.sign(purposeOf(run, by, plan.hash)),
      ...(again === undefined ? {} : { again }),
    });
  }

  async #approve(text: string, fields: URLSearchParams): Promise<Page | string> {
    const run = await this.#findRun(text);
    if (run === undefined) {
      return UNKNOWN;
    }
    const by = await this.#mayApprove(run);
    if (by === undefined) {
      return FORBIDDEN;
    }
    const hash = fields.get('hash') ?? '';
    if (!(await this.#tokens.isValid(fields.get('token'), purposeOf(run, by, hash)))) {
      return this.#question(text, STALE_FORM);
    }
    try {
      await this.#sync.approve(run.run, { by, hash });
    } catch (error) {
      if (isCleverError(error) && error.code === 'sync_unknown_run') {
        return this.#question(
          text,
          'The plan has changed since you looked at it. Nothing is approved. This is the new one.',
        );
      }
      throw error;
    }
    return runAddress(run.run, { done: 'approved' });
  }

  async #requestRun(id: string, fields: URLSearchParams): Promise<Page | string> {
    const district = await this.#find(id);
    if (district === undefined) {
      return UNKNOWN;
    }
    const { districtId } = district;
    const by = await this.ask({ action: 'request', request: this.#request, districtId });
    if (by === undefined) {
      return FORBIDDEN;
    }
    if (!(await this.#tokens.isValid(fields.get('token'), { by, action: 'request', target: districtId }))) {
      return staleRequestPage(districtId);
    }
    await this.#sync.request(districtId);
    return districtAddress(districtId, { done: 'requested' });
  }

  /** The fields of a form; `undefined` for a body that is no form of the page. */
  async #fields(): Promise<URLSearchParams | undefined> {
    const { headers } = this.#request;
    const isForm = /^application\/x-www-form-urlencoded(?:;|$)/iu.test(headers.get('content-type') ?? '');
    if (!isForm || Number(headers.get('content-length') ?? 0) > LONGEST_BODY) {
      return undefined;
    }
    const body = await this.#request.text();
    return body.length > LONGEST_BODY ? undefined : new URLSearchParams(body);
  }

  #mayApprove({ run, districtId }: SyncRun): Promise<string | undefined> {
    return this.ask({ action: 'approve', request: this.#request, districtId, run });
  }

  async #find(districtId: string): Promise<DistrictStatus | undefined> {
    return !isText(districtId) ? undefined : (await this.#sync.status({ districtId }))[0];
  }

  async #findRun(text: string): Promise<SyncRun | undefined> {
    const run = numberIn(text);
    return run === undefined ? undefined : (await this.#sync.runs({ run, limit: 1 }))[0];
  }

  async #nameOf({ districtId }: SyncRun): Promise<string> {
    return (await this.#find(districtId))?.name ?? districtId;
  }

  /** The database's time, by which the others are. */
  async #now(): Promise<Date> {
    return (await this.#sync.summary()).at;
  }
}

function purposeOf({ run }: SyncRun, by: string, hash: string): FormPurpose {
  return { by, action: 'approve', target: String(run), hash };
}

/** A whole number above 0; `undefined` for any other text. */
function numberIn(text: string | null): number | undefined {
  return text !== null && /^[1-9]\d{0,14}$/u.test(text) ? Number(text) : undefined;
}

const BACK = html`<p><a href="${ALL}">All districts</a></p>`;

const FORBIDDEN: Page = {
  status: 403,
  title: 'Not allowed',
  body: html`<p>You may not see this page, or not do this. Log in as someone who may.</p>`,
};

const UNKNOWN: Page = { status: 404, title: 'Not found', body: html`<p>There is no such district or run.</p>${BACK}` };

const FOREIGN_FORM: Page = {
  status: 403,
  title: 'Not sent from here',
  body: html`<p>This form does not come from this page, so nothing was done.</p>${BACK}`,
};

const NO_FORM: Page = {
  status: 400,
  title: 'Not understood',
  body: html`<p>Nothing was done. What arrived is no form of this page, or a parser of bodies has read it before.</p>${BACK}`,
};

const STALE_FORM = 'The form was open for too long, or its page was started again meanwhile. Nothing is approved yet.';

function methodPage(allow: string): Page {
  return { status: 405, title: 'Not possible', allow, body: html`<p>Nothing was done.</p>${BACK}` };
}

function staleRequestPage(districtId: string): Page {
  return {
    status: 409,
    title: 'Open for too long',
    body: html`<p>The form was open for too long, or its page was started again meanwhile. Nothing was done.</p>
<p><a href="${districtAddress(districtId)}">Go back to the district, and try again</a></p>`,
  };
}

function settledPage({ run }: SyncRun): Page {
  return {
    status: 409,
    title: `Run ${run} does not wait for approval`,
    body: html`<p>It was approved and has run, or a later run has taken its place. Nothing was done.</p>
<p><a href="${runAddress(run)}">Look at run ${run}</a></p>`,
  };
}

function brokenPage(code: 'sync_database' | 'sync_schema'): Page {
  const advice = adviceFor(code);
  return {
    status: 503,
    title: 'Not available',
    body: html`<p>${advice.what}</p><p>${advice.do}</p>`,
  };
}
