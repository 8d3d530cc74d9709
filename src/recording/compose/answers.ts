import { knownPhrase } from '../../privacy/known-phrases.js';
import { isObject } from '../../util/is-object.js';
import type { Json } from '../../util/types.js';
import { KNOWN_AUTHORIZERS, KNOWN_USER_TYPES } from '../../values/index.js';
import { meaningOfScope } from '../../values/scopes.js';
import type { AnswerKind, Facts, RawError } from '../capture/facts.js';
import { tokensIn } from '../capture/observe.js';
import type { Members } from '../members/members.js';
import type { Pseudonyms } from '../pseudonyms/pseudonyms.js';
import { type Rewriting, rewrite, rewriteMembers } from './rewrite.js';

const TOKEN_LENGTH = 40;
const ME: Members = { id: 'id', district: 'id', type: KNOWN_USER_TYPES, authorized_by: KNOWN_AUTHORIZERS };
const USERINFO: Members = {
  sub: 'id',
  user_id: 'id',
  multi_role_user_id: 'id',
  user_type: KNOWN_USER_TYPES,
  district_id: 'id',
  district: 'id',
  email: 'text',
  email_verified: 'flag',
  name: { members: { first: 'text', middle: 'text', last: 'text' } },
  given_name: 'text',
  family_name: 'text',
  schools: { each: 'id' },
  authorized_by: KNOWN_AUTHORIZERS,
};
const DISTRICT_TOKEN: Members = {
  id: 'id',
  created: 'date',
  owner: { members: { type: ['district'], id: 'id' } },
};
/** Scopes that no list of the values has; the name of the first is inferred. */
const OTHER_SCOPES = ['read:attendance', 'read:sis', 'read:students_launchpad'];
/** Links of `/me` by what they are called, without the version. */
const ME_LINKS: Readonly<Record<string, RegExp>> = {
  self: /^\/me$/u,
  canonical: /^\/v[23]\.[01]\/(?:users|students|teachers|school_admins|district_admins)\/[^/?]+$/u,
  district: /^\/v[23]\.[01]\/districts\/[^/?]+$/u,
};

/** The answers about people and tokens, and those that refused a request, as a recording holds them. */
export interface ComposedAnswers {
  readonly me: readonly object[];
  readonly userinfo: readonly object[];
  readonly tokenInfo: readonly object[];
  readonly districtTokens: readonly object[];
  readonly errors: readonly object[];
}

/** Makes the answers of a recording; one of each form. */
export function composeAnswers(facts: Facts, rewriting: Rewriting): ComposedAnswers {
  const of = (kind: AnswerKind, compose: (answer: Json) => object): object[] =>
    oneOfEachForm((facts.answers.get(kind) ?? []).map(compose));
  return {
    me: of('me', (answer) => composeMe(answer, rewriting)),
    userinfo: of('userinfo', (answer) => rewriteMembers(answer, USERINFO, rewriting)),
    tokenInfo: of('tokenInfo', (answer) => composeTokenInfo(answer, rewriting.pseudonyms)),
    districtTokens: of('districtTokens', (answer) => composeTokens(answer, rewriting)),
    errors: facts.errors.map((error) => composeError(error, rewriting.pseudonyms)),
  };
}

/** Answers that have the same members, of the same types, are the same form. */
function oneOfEachForm(answers: readonly object[]): object[] {
  return [...new Map(answers.map((answer) => [JSON.stringify(formOf(answer)), answer])).values()];
}

function formOf(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(formOf);
  }
  return isObject(value)
    ? Object.fromEntries(Object.entries(value).map(([name, member]) => [name, formOf(member)]))
    : typeof value;
}

function composeMe(answer: Json, rewriting: Rewriting): object {
  const { pseudonyms } = rewriting;
  return Object.fromEntries(
    Object.entries(answer).map(([name, value]) => {
      if (name === 'data' && isObject(value)) {
        return [name, rewriteMembers(value, ME, rewriting)];
      }
      if (name === 'links' && Array.isArray(value)) {
        return [name, value.flatMap((link) => composeLink(link, rewriting))];
      }
      return name === 'type'
        ? [name, rewrite(value, KNOWN_USER_TYPES, rewriting)]
        : [pseudonyms.memberName(name), pseudonyms.shape(value)];
    }),
  );
}

/** A link of `/me`; one of another form is left out. */
function composeLink(link: unknown, { id }: Rewriting): object[] {
  const { rel, uri } = isObject(link) ? link : {};
  if (
    typeof rel !== 'string' ||
    typeof uri !== 'string' ||
    !Object.hasOwn(ME_LINKS, rel) ||
    !ME_LINKS[rel]?.test(uri)
  ) {
    return [];
  }
  return [
    { rel, uri: rel === 'self' ? uri : uri.replace(/[^/]+$/u, (name) => encodeURIComponent(id(decodeId(name)))) },
  ];
}

function decodeId(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function composeTokenInfo({ client_id: clientId, scopes }: Json, pseudonyms: Pseudonyms): object {
  return {
    ...(clientId === undefined ? {} : { client_id: pseudonyms.draws('client id', String(clientId)).hex(20) }),
    ...(scopes === undefined ? {} : { scopes: composeScopes(scopes, pseudonyms) }),
  };
}

/** A token list. No token of it is, or is made from, one of the source. */
function composeTokens(answer: Json, rewriting: Rewriting): object {
  const { pseudonyms } = rewriting;
  return {
    data: tokensIn(answer).map(({ access_token: _, scopes, ...entry }, index) => ({
      ...Object.fromEntries(
        Object.entries(entry)
          .filter(([name]) => Object.hasOwn(DISTRICT_TOKEN, name))
          .map(([name, value]) => [name, rewrite(value, DISTRICT_TOKEN[name] ?? 'text', rewriting)]),
      ),
      access_token: pseudonyms.draws('token', index).hex(TOKEN_LENGTH),
      scopes: composeScopes(scopes, pseudonyms),
    })),
    links: [{ rel: 'self', uri: '/oauth/tokens?owner_type=district' }],
  };
}

function composeScopes(scopes: unknown, pseudonyms: Pseudonyms): unknown[] {
  const isKnown = (scope: unknown): boolean =>
    typeof scope === 'string' && (meaningOfScope(scope) !== undefined || OTHER_SCOPES.includes(scope));
  return Array.isArray(scopes) ? scopes.map((scope) => (isKnown(scope) ? scope : pseudonyms.shape(scope))) : [];
}

function composeError({ method, path, status, body, isHtml }: RawError, pseudonyms: Pseudonyms): object {
  return {
    method: /^[A-Z]{3,7}$/u.test(method) ? method : 'GET',
    path,
    status,
    ...(isHtml ? { isHtml } : {}),
    ...(body === undefined ? {} : { body: composeErrorBody(body, pseudonyms) }),
  };
}

const ERROR_TEXTS = ['error', 'error_description', 'message'];

function composeErrorBody(body: Json, pseudonyms: Pseudonyms): object {
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => {
      if (ERROR_TEXTS.includes(name)) {
        return [name, typeof value === 'string' ? composeErrorText(value, pseudonyms) : pseudonyms.shape(value)];
      }
      return [name === 'code' || name === 'data' ? name : pseudonyms.memberName(name), pseudonyms.shape(value)];
    }),
  );
}

/** What Clever is known to say stays; all other words are replaced. */
function composeErrorText(text: string, pseudonyms: Pseudonyms): string {
  const phrase = knownPhrase(text);
  const isWhole = phrase.toLowerCase() === text.replaceAll('_', ' ').toLowerCase();
  return isWhole ? text : phrase === '' ? pseudonyms.text(text, text) : phrase;
}
