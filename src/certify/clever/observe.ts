import { isObject } from '../../util/is-object.js';
import { parseJson } from '../../util/parse-json.js';
import { markOf, type Witness } from './witness.js';

/** What the witness has to know of the present world. */
export interface Observed {
  readonly fetch: (request: Request) => Promise<Response>;
  readonly now: () => number;
}

/** Clever's ids are 24 hexadecimal digits; a task or a submission may have another form. */
const ID = /^(?:[0-9a-f]{24}|[0-9a-f-]{32,36}|\d{5,})$/u;
const BEARER = /^bearer\s+(\S+)$/iu;

/** Lets the sandbox answer a request, and the witness see both. A connection that breaks is seen, too. */
export async function observe(request: Request, { fetch, now }: Observed, witness: Witness): Promise<Response> {
  const url = new URL(request.url);
  const number = witness.next();
  const startedAtMs = now();
  const sent = request.method === 'GET' || request.method === 'HEAD' ? '' : await request.clone().text();
  let response: Response | undefined;
  try {
    response = await fetch(request);
    return await learnFrom(response, url, witness);
  } finally {
    const status = response?.status ?? 500;
    if (url.pathname === '/oauth/authorize') {
      witness.authorized({ number, ...authorizationOf(url) });
    } else if (url.pathname === '/oauth/tokens' && request.method === 'POST') {
      witness.exchanged({ number, status, ...exchangeOf(request, url, sent, witness) });
    } else if (isCall(url)) {
      const token = BEARER.exec(request.headers.get('authorization') ?? '')?.[1];
      witness.called({
        number,
        status,
        method: request.method,
        path: templateOf(url.pathname),
        rawPath: url.pathname,
        query: url.searchParams,
        tokenMark: token === undefined ? undefined : markOf(token),
        startedAtMs,
        atMs: Date.now(),
      });
    }
  }
}

/** Whether the app asks for data, and no person for a page. */
function isCall({ pathname }: URL): boolean {
  return /^\/(?:v\d|oauth\/(?:tokens|tokeninfo|userinfo)|me\b|userinfo|\.well-known)/u.test(pathname);
}

function templateOf(pathname: string): string {
  return pathname
    .split('/')
    .map((segment) => (ID.test(segment) ? '{id}' : segment))
    .join('/');
}

function authorizationOf({ searchParams }: URL) {
  const state = searchParams.get('state') ?? undefined;
  return {
    responseType: searchParams.get('response_type') ?? undefined,
    redirectUri: searchParams.get('redirect_uri') ?? undefined,
    clientId: searchParams.get('client_id') ?? undefined,
    stateMark: state === undefined || state === '' ? undefined : markOf(state),
    parameters: [...new Set(searchParams.keys())],
  };
}

function exchangeOf(request: Request, url: URL, sent: string, witness: Witness) {
  const body = fieldsOf(request.headers.get('content-type') ?? '', sent);
  const code = body.get('code') ?? url.searchParams.get('code') ?? undefined;
  witness.knows(code, 'code');
  const hasBasic = /^basic\s/iu.test(request.headers.get('authorization') ?? '');
  const credentials = url.searchParams.has('client_secret')
    ? 'query'
    : hasBasic
      ? 'basic'
      : body.has('client_secret')
        ? 'body'
        : 'none';
  return {
    codeMark: code === undefined ? undefined : markOf(code),
    redirectUri: body.get('redirect_uri') ?? undefined,
    grantType: body.get('grant_type') ?? undefined,
    credentials,
  } as const;
}

function fieldsOf(type: string, sent: string): URLSearchParams {
  const parsed = type.includes('json') ? parseJson(sent) : undefined;
  if (!isObject(parsed)) {
    return new URLSearchParams(sent);
  }
  const texts = Object.entries(parsed).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return new URLSearchParams(texts);
}

/** Learns the secrets that Clever hands out: codes in redirects, tokens in answers. */
async function learnFrom(response: Response, url: URL, witness: Witness): Promise<Response> {
  const location = response.headers.get('location');
  if (location !== null && URL.canParse(location, url)) {
    witness.knows(new URL(location, url).searchParams.get('code') ?? undefined, 'code');
  }
  if (url.pathname !== '/oauth/tokens' || !response.ok) {
    return response;
  }
  const text = await response.text();
  const body = parseJson(text);
  if (isObject(body)) {
    learnTokens(body, witness);
  }
  return new Response(text, { status: response.status, headers: response.headers });
}

function learnTokens(body: Readonly<Record<string, unknown>>, witness: Witness): void {
  for (const name of ['access_token', 'id_token']) {
    const token = body[name];
    witness.knows(typeof token === 'string' ? token : undefined, 'user token');
  }
  for (const entry of Array.isArray(body['data']) ? body['data'] : []) {
    const token = isObject(entry) ? entry['access_token'] : undefined;
    witness.knows(typeof token === 'string' ? token : undefined, 'district token');
  }
}
