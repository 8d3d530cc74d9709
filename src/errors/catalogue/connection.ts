import type { ConnectionFailureReason } from '../codes.js';
import type { ByReason, CatalogueEntry } from './entry.js';

/** There was no usable answer. */
export const CONNECTION: ByReason<Exclude<ConnectionFailureReason, 'envelope' | 'timeout'>> = {
  network: {
    reason: 'network',
    what: 'No answer.',
    do: 'Check the network and the configured origin, then try again.',
  },
  body: {
    reason: 'body',
    what: 'The answer broke off before its end.',
    do: 'Nothing of it was used; try again.',
  },
  not_json: {
    reason: 'not_json',
    what: 'The answer was not JSON, although its status was a success.',
    do: 'Check whether a proxy or captive portal answers instead of Clever.',
  },
  redirect: {
    reason: 'redirect',
    what: 'The answer was a redirect, which is not followed, so that the token goes to no other server.',
    do: 'Check the configured origin.',
  },
};

/** There was no complete answer within a limit. */
export const TIMEOUT: CatalogueEntry = {
  what: 'No complete answer within {timeoutMs} ms (`{option}`).',
  do: 'Try again, or raise `{option}`.',
};
