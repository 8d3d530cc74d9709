import type { Sandbox, SandboxOptions } from 'clever-sdk/sandbox';
import { createSandbox } from 'clever-sdk/sandbox';

/** An element of a list. */
export interface Element {
  readonly data: Record<string, unknown> & { readonly id: string };
  readonly uri: string;
}

/** A body of any of Clever's envelopes. */
export interface Body {
  readonly data: readonly Element[] & Record<string, unknown>;
  readonly links?: readonly { readonly rel: string; readonly uri: string }[];
  readonly count?: number;
  readonly error?: string;
}

/** A response whose body has been read. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: Body;
}

/** A small sandbox: 60 students in a connected district, and the test's own options. */
export function small(options: SandboxOptions = {}): Sandbox {
  return createSandbox({ districts: [{ seed: 5, students: 60 }], ...options });
}

/** Calls the API with a token; by default that of the first district. */
export async function ask(sandbox: Sandbox, path: string, token?: string, init: RequestInit = {}): Promise<Answer> {
  const headers = { authorization: `Bearer ${token ?? sandbox.districts[0].token}` };
  return read(await sandbox.fetch(`https://api.clever.com${path}`, { ...init, headers }));
}

/** Reads a response; a body that is not JSON becomes `{}`. */
export async function read(response: Response): Promise<Answer> {
  const text = await response.text();
  const isJson = (response.headers.get('content-type') ?? '').includes('json');
  const body = (isJson ? JSON.parse(text) : {}) as Body;
  return { status: response.status, headers: response.headers, text, body };
}

/** The link of a response with this relation. */
export function link({ body }: Answer, rel: string): string | undefined {
  return body.links?.find((candidate) => candidate.rel === rel)?.uri;
}

/** Ids of a list's records. */
export function idsOf({ body }: Answer): string[] {
  return body.data.map(({ data }) => data.id);
}

/** All records of a list, in pages of ten thousand. */
export async function readAll(sandbox: Sandbox, path: string): Promise<Element['data'][]> {
  const { body } = await ask(sandbox, `${path}?limit=10000`);
  return body.data.map(({ data }) => data);
}

/** The id of the first record of a kind. */
export async function firstId(sandbox: Sandbox, kind: string, query = ''): Promise<string> {
  return idsOf(await ask(sandbox, `/v3.1/${kind}?limit=1${query}`))[0] ?? '';
}

/** Sends a person to log in, as a browser would, and returns the redirect of the browser. */
export async function authorize(sandbox: Sandbox, query: Readonly<Record<string, string>>): Promise<Response> {
  const { clientId, redirectUri } = sandbox.clientOptions();
  const params = new URLSearchParams({
    client_id: clientId,
    redirect_uri: redirectUri,
    response_type: 'code',
    ...query,
  });
  return sandbox.fetch(`https://clever.com/oauth/authorize?${params}`);
}

/** The parameters that came back with a redirect. */
export function callbackOf(response: Response): URLSearchParams {
  return new URL(response.headers.get('location') ?? 'about:blank').searchParams;
}

/** The app's Basic credentials. */
export function basic(sandbox: Sandbox, secret?: string): string {
  const { clientId, clientSecret } = sandbox.clientOptions();
  return `Basic ${btoa(`${clientId}:${secret ?? clientSecret}`)}`;
}

/** Exchanges a code. */
export async function exchange(
  sandbox: Sandbox,
  code: string,
  changes: { readonly redirectUri?: string; readonly asForm?: boolean; readonly authorization?: string } = {},
): Promise<Answer> {
  const { redirectUri = sandbox.clientOptions().redirectUri, asForm = false, authorization = basic(sandbox) } = changes;
  const fields = { code, grant_type: 'authorization_code', redirect_uri: redirectUri };
  const response = await sandbox.fetch('https://clever.com/oauth/tokens', {
    method: 'POST',
    headers: { authorization, ...(asForm ? {} : { 'content-type': 'application/json' }) },
    body: asForm ? new URLSearchParams(fields) : JSON.stringify(fields),
  });
  return read(response);
}
