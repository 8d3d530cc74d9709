import type { ConnectionFailureReason } from '../codes.js';
import type { ByReason, CatalogueEntry } from './entry.js';

/** No usable answer arrived. */
export const CONNECTION: ByReason<Exclude<ConnectionFailureReason, 'envelope' | 'timeout'>> = {
  network: {
    reason: 'network',
    what: 'No answer arrived.',
    do: 'Check the network and the configured origin, then try again.',
  },
  body: {
    reason: 'body',
    what: 'The answer ended before it was complete.',
    do: 'No part of it was used; try again.',
  },
  not_json: {
    reason: 'not_json',
    what: 'The answer was not JSON, although its status was a success.',
    do: 'Check whether a proxy or captive portal answers instead of Clever.',
  },
  too_large: {
    reason: 'too_large',
    what: 'The answer is longer than {maxResponseBytes} bytes (`maxResponseBytes`). It was not read any further.',
    do: "Pass a smaller `pageSize`, or raise `maxResponseBytes`. Check that the configured origin is Clever's.",
  },
  redirect: {
    reason: 'redirect',
    what: 'The answer was a redirect. It was not followed, because the token must not go to another server.',
    do: 'Check the configured origin.',
  },
};

/** No complete answer arrived within a time limit. */
export const TIMEOUT: CatalogueEntry = {
  what: 'No complete answer arrived within {timeoutMs} ms (`{option}`).',
  do: 'Try again, or raise `{option}`.',
};
