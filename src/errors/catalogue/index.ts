import type { CleverErrorCode, SyncErrorCode } from '../codes.js';
import { CODES } from './codes.js';
import { CONNECTION, TIMEOUT } from './connection.js';
import { DISTRICT_DISCONNECTED } from './districts.js';
import type { CatalogueEntry } from './entry.js';
import { CURSOR_EXPIRED, INVALID_CURSOR, MAX_ITEMS } from './listings.js';
import {
  CALLBACK,
  CODE_EXCHANGE,
  DENIED_CALLBACK,
  ENTRY,
  ID_TOKEN,
  MALFORMED_CALLBACK,
  RETURNING_WITHOUT_STATE,
  TOKEN,
} from './oauth.js';
import { PAGES } from './pages.js';
import { ENVELOPE, ERROR_INSIDE, OTHER_RECORD, VALIDATION } from './records.js';
import { OTHER_STATUSES, STATUSES, STATUSES_FOR, WAITS } from './statuses.js';
import { SYNC } from './sync.js';
import { CALLBACK_USER_MESSAGES, DEFAULT_USER_MESSAGE, USER_MESSAGES } from './user-messages.js';
import { type Ask, WHOM_TO_ASK } from './whom-to-ask.js';

/** Everything that the documentation says about one code. */
export interface CataloguePage extends CatalogueEntry {
  /** The text that is safe to show to a person, listed by reason where it depends on the reason. */
  readonly userMessage: string | Readonly<Record<string, string>>;
  /** Who can solve it, the most likely one first. */
  readonly ask: readonly Ask[];
  /** The cases of the code. Each has a key, and a `reason` if the error has one. */
  readonly cases: readonly CatalogueCase[];
}

/** One case of a code. */
export interface CatalogueCase extends CatalogueEntry {
  readonly key: string;
  readonly reason?: string;
}

type Table = Readonly<Record<string, CatalogueEntry & { readonly reason?: string }>>;

/**
 * The whole catalogue, one page per code, from which the documentation is written and checked. At run time
 * each part loads only the file that it needs.
 */
export const CATALOGUE: Readonly<Record<CleverErrorCode, CataloguePage>> = {
  config: page('config'),
  api: page(
    'api',
    statuses((status) => ![400, 401, 403, 404].includes(status) && status < 500),
    {
      undocumented: OTHER_STATUSES.undocumented,
    },
  ),
  bad_request: page(
    'bad_request',
    statuses((status) => status === 400),
  ),
  authentication: page(
    'authentication',
    statuses((status) => status === 401),
  ),
  permission: page(
    'permission',
    statuses((status) => status === 403),
  ),
  not_found: page(
    'not_found',
    statuses((status) => status === 404),
    { web_page: OTHER_STATUSES.web_page },
  ),
  rate_limit: page('rate_limit', WAITS),
  server: page(
    'server',
    statuses((status) => status >= 500),
    { server: OTHER_STATUSES.server },
  ),
  connection: page(
    'connection',
    CONNECTION,
    { envelope: ENVELOPE, error_inside: ERROR_INSIDE, other_record: OTHER_RECORD },
    { code_network: CODE_EXCHANGE.network, code_body: CODE_EXCHANGE.body, code_too_large: CODE_EXCHANGE.too_large },
  ),
  timeout: page('timeout', { timeout: { ...TIMEOUT, reason: 'timeout' }, code_timeout: CODE_EXCHANGE.timeout }),
  oauth: page('oauth'),
  oauth_callback: {
    ...page('oauth_callback', CALLBACK, { returning_without_state: RETURNING_WITHOUT_STATE }, MALFORMED_CALLBACK, {
      ...Object.fromEntries(DENIED_CALLBACK),
      ...ENTRY,
    }),
    userMessage: CALLBACK_USER_MESSAGES,
  },
  oauth_token: page('oauth_token', TOKEN),
  oauth_id_token: page('oauth_id_token', ID_TOKEN),
  district_disconnected: page('district_disconnected', DISTRICT_DISCONNECTED),
  validation: page('validation', { validation: VALIDATION }),
  pagination: page('pagination', PAGES, INVALID_CURSOR, { max_items: MAX_ITEMS }),
  cursor_expired: page('cursor_expired', { cursor_expired: CURSOR_EXPIRED }),
  ...(Object.fromEntries(
    Object.keys(SYNC).map((code) => [code, page(code as SyncErrorCode, { [code]: SYNC[code as SyncErrorCode] })]),
  ) as Record<SyncErrorCode, CataloguePage>),
};

function page(code: CleverErrorCode, ...tables: readonly Table[]): CataloguePage {
  const cases = tables.flatMap((table) => Object.entries(table).map(([key, entry]) => ({ key, ...entry })));
  const userMessage = USER_MESSAGES[code] ?? DEFAULT_USER_MESSAGE;
  return { ...CODES[code], userMessage, ask: WHOM_TO_ASK[code], cases };
}

/** The entries of the wanted statuses: the general ones, and those of calls with specific entries. */
function statuses(isWanted: (status: number) => boolean): Table {
  const tables: Readonly<Record<string, Readonly<Record<number, CatalogueEntry>>>> = { any: STATUSES, ...STATUSES_FOR };
  return Object.fromEntries(
    Object.entries(tables).flatMap(([name, table]) =>
      Object.entries(table)
        .filter(([status]) => isWanted(Number(status)))
        .map(([status, entry]) => [`${name}_${status}`, entry] as const),
    ),
  );
}
