import { CODES } from '../../errors/catalogue/codes.js';
import type { CatalogueEntry } from '../../errors/catalogue/entry.js';
import { SYNC } from '../../errors/catalogue/sync.js';
import type { CleverErrorCode } from '../../errors/codes.js';

const AGAIN = 'The sync tries again by itself, later with each failure.';

/** What ends runs, for the person who looks after them. The catalogue speaks to the developer of one call. */
const FOR_OPERATORS: Readonly<Partial<Record<CleverErrorCode, CatalogueEntry>>> = {
  authentication: {
    what: "Clever refuses the app's credentials or the district's token.",
    do: "Compare the client id and the secret of the workers with the app's settings at Clever. Each district is affected if they are wrong.",
  },
  rate_limit: {
    what: "Clever's limit of requests for this district was reached, and the wait would have been too long.",
    do: `${AGAIN} If it lasts, look for what else reads this district with the same token.`,
  },
  server: {
    what: "A problem on Clever's side persisted through the retries.",
    do: `${AGAIN} If it lasts for hours, ask Clever's support.`,
  },
  connection: {
    what: 'No usable answer of Clever arrived: the network failed, or something between the workers and Clever answered.',
    do: `${AGAIN} If it lasts, check that the workers reach Clever, and what their proxy does.`,
  },
  timeout: { what: "Clever's answer took too long.", do: `${AGAIN} If it lasts, check the network of the workers.` },
  district_disconnected: {
    what: 'The district is not connected to the app. Its records stay as they are.',
    do: "Ask the district's administrator to connect the app in Clever. The next run continues then.",
  },
  sync_failed: { what: 'The run of the district failed.', do: AGAIN },
  sync_held: { what: SYNC.sync_held.what, do: 'Look at the plan of its held run, and approve it if it is right.' },
  sync_lease_lost: {
    what: 'Another process took the district over, because this one was silent for too long. Nothing was written after that.',
    do: 'Nothing: the other process continues. If it happens often, the workers are overloaded.',
  },
  sync_hook: { what: SYNC.sync_hook.what, do: 'Look at the log of the workers: the hook is code of the app.' },
  sync_hook_timeout: {
    what: 'The hook `onChanges` of the app did not end in time, so the changes of its transaction were rolled back.',
    do: 'Look at the log of the workers, and for what the hook waits for: it is code of the app.',
  },
  sync_database: {
    what: 'The database did not answer or refused a statement, and its transaction was rolled back.',
    do: SYNC.sync_database.do,
  },
  sync_incomplete: {
    what: "Clever's listing of this district and its own count disagree. Nothing was taken for gone.",
    do: `${AGAIN} If it lasts, report it to Clever.`,
  },
  sync_schema: {
    what: 'The tables of the sync do not exist, or are of another version than this release.',
    do: 'Call sync.migrate() once, which `clever-sdk sync run` also does.',
  },
  sync_rate_budget: {
    what: 'The table that keeps the budget of requests did not answer. No request was sent.',
    do: SYNC.sync_rate_budget.do,
  },
};

/** What the code of an error means, and what to do. */
export function adviceFor(code: string): CatalogueEntry {
  if (!Object.hasOwn(CODES, code)) {
    return {
      what: 'The run ended with an error that the sync does not know.',
      do: 'Look at the log of the workers at this time.',
    };
  }
  const { what, do: advice } = FOR_OPERATORS[code as CleverErrorCode] ?? CODES[code as CleverErrorCode];
  return { what: withoutValues(what), do: withoutValues(advice) };
}

/** A sentence of the catalogue without the values that a message has: those are not stored. */
function withoutValues(sentence: string): string {
  return sentence.replace(/ \([^()]*\{\w+\}[^()]*\)/gu, '').replace(/\{\w+\}/gu, '…');
}
