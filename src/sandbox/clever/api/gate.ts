import type { MiddlewareHandler } from 'hono';
import { API_VERSIONS } from '../../world/access/api-versions.js';
import type { Budget } from '../../world/access/rate-limiter.js';
import { readText, TOO_LARGE } from '../body.js';
import type { Env } from '../context.js';
import { unknownPage } from '../pages/unknown-page.js';
import { cannot, Refusal } from './answers.js';
import { faultResponse } from './fault-answer.js';

/** The headers of every answer of the API (observed). */
const API_HEADERS: Readonly<Record<string, string>> = {
  'access-control-allow-headers': 'Content-Type,Authorization,X-Requested-With,Accept,Origin,Referer,User-Agent',
  'access-control-allow-methods': 'GET,PATCH,POST,DELETE',
  'access-control-allow-origin': '*',
  'cache-control': 'no-store',
};

/** The paths of api.clever.com. All others belong to clever.com, where people log in. */
const API_PATH = /^\/(?:v\d+(?:\.\d+)?(?:\/|$)|(?:me|userinfo)$)/u;

/** The bucket of all requests without a known token: unknown tokens get no bucket each. */
const UNKNOWN_BUCKET = 'unknown';

/**
 * Adds to every answer the request id that Clever's support asks for (observed) and the time by the
 * sandbox's clock (RFC 9110, section 6.6.1).
 */
export const everyAnswer: MiddlewareHandler<Env> = async (context, next) => {
  await next();
  const { status, headers } = context.res;
  if (status === 401 && !headers.has('www-authenticate')) {
    // Inferred: required of a 401 (RFC 6750, section 3), and not captured.
    const isSent = context.req.header('authorization') !== undefined;
    headers.set('www-authenticate', `Bearer realm="clever"${isSent ? ', error="invalid_token"' : ''}`);
  }
  context.res.headers.set('x-request-id', crypto.randomUUID());
  context.res.headers.set('date', new Date(context.env.now).toUTCString());
};

/** Answers in the place of the route when a fault asks for that. */
export const faultAnswers: MiddlewareHandler<Env> = async (context, next) => {
  const { fault, now } = context.env;
  const answer = fault === undefined ? undefined : faultResponse(fault);
  if (answer === undefined) {
    await next();
    return;
  }
  context.res = answer;
  const budget = context.get('budget') as Budget | undefined;
  if (answer.status === 429 && budget !== undefined) {
    const resetAtSeconds = Math.ceil((now + (fault?.retryAfterMs ?? 0)) / 1_000);
    context.set('budget', { ...budget, remaining: 0, resetAtSeconds });
  }
};

/**
 * Answers the preflight of a script on another site with the headers that every answer of the API has (captured). That
 * it costs no budget is inferred.
 */
export const preflight: MiddlewareHandler<Env> = async (context, next) => {
  if (context.req.method === 'OPTIONS' && API_PATH.test(context.req.path)) {
    return new Response(null, { status: 204, headers: API_HEADERS });
  }
  return await next();
};

/** Answers for the paths of clever.com that do not exist: no token is asked for there, and no budget counted. */
export const onlyPathsOfApi: MiddlewareHandler<Env> = async (context, next) => {
  const isApi = API_PATH.test(context.req.path) || new URL(context.req.url).hostname === 'api.clever.com';
  return isApi ? await next() : await unknownPage(context);
};

/**
 * Takes the token of `POST /userinfo` from its form, if it has no header (RFC 6750, section 2.2). Inferred: OpenID
 * Connect requires it, and Clever documents only that the method works.
 */
export const tokenInForm: MiddlewareHandler<Env> = async (context, next) => {
  const { raw } = context.req;
  const isForm = (raw.headers.get('content-type') ?? '').startsWith('application/x-www-form-urlencoded');
  if (raw.headers.has('authorization') || !isForm) {
    return await next();
  }
  const text = await readText(context);
  if (text === undefined) {
    throw new Refusal(413, TOO_LARGE);
  }
  const token = new URLSearchParams(text).get('access_token');
  if (token !== null) {
    const headers = new Headers(raw.headers);
    headers.set('authorization', `Bearer ${token.trim()}`);
    headers.delete('content-length');
    context.req.raw = new Request(raw.url, { method: raw.method, headers });
  }
  return await next();
};

/** Counts the request against the rate limit of its token, and answers 429 with an empty body when that is spent. */
export const rateLimit: MiddlewareHandler<Env> = async (context, next) => {
  const { rateLimiter, grants } = context.env.world;
  const token = bearerToken(context.req.header('authorization'));
  const budget = rateLimiter.take(token !== undefined && grants.resolve(token) !== undefined ? token : UNKNOWN_BUCKET);
  context.set('budget', budget);
  if (budget.isSpent) {
    context.res = new Response(null, { status: 429 });
  } else {
    await next();
  }
  const { limit, remaining, resetAtSeconds } = context.get('budget');
  const { headers } = context.res;
  for (const [name, value] of Object.entries(API_HEADERS)) {
    headers.set(name, value);
  }
  headers.set('x-ratelimit-bucket', 'bearer');
  headers.set('x-ratelimit-limit', String(limit));
  headers.set('x-ratelimit-remaining', String(remaining));
  headers.set('x-ratelimit-reset', String(resetAtSeconds));
};

/** Refuses requests without a token that the sandbox knows. */
export const authentication: MiddlewareHandler<Env> = async (context, next) => {
  const token = bearerToken(context.req.header('authorization'));
  const grant = token === undefined ? undefined : context.env.world.grants.resolve(token);
  if (grant === undefined) {
    // Observed for an unknown token; inferred for a missing one.
    throw new Refusal(401, token === undefined ? 'Missing access token' : 'Unrecognized token string');
  }
  context.set('grant', grant);
  await next();
};

/** Makes the paths of a version that the app may not use unknown, for tokens that the sandbox knows (inferred). */
export const onlyGrantedVersions: MiddlewareHandler<Env> = async (context, next) => {
  const version = /^\/(v3\.\d)\//u.exec(context.req.path)?.[1];
  const known = API_VERSIONS.find((one) => one === version);
  if (known === undefined || context.env.world.app.apiVersions.includes(known)) {
    await next();
    return;
  }
  await authentication(context, async () => {
    context.res = cannot(context.req.method, context.req.path);
  });
};

/** Returns the token of an `Authorization: Bearer` header. */
export function bearerToken(header: string | undefined): string | undefined {
  return /^Bearer +(\S+)$/iu.exec(header ?? '')?.[1];
}
