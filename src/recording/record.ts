import { CleverConfigError } from '../errors/config.js';
import type { CleverOAuth, DistrictClientV30, SensitiveField } from '../index.js';
import { checkOptions } from '../options/known-keys.js';
import { keysOf } from '../util/keys-of.js';
import { Facts } from './capture/facts.js';
import { checkGroupSize, checkOut, DEFAULT_GROUP_SIZE, type RecordingOptions, writeRecording } from './recorder.js';
import { Requests } from './sample/requests.js';
import { type SampledDistrict, Sampler } from './sample/sampler.js';
import { assertReplaceable } from './write/folder.js';

/** Requests of a sample, unless an option says otherwise. */
const DEFAULT_REQUESTS = 200;
/** What a sample needs at least: each collection once, and some sections. */
const FEWEST_REQUESTS = 30;

/** How far a sampling is. */
export interface RecordProgress {
  /** Requests sent, without those that the client repeats, or sends to see whether a list has ended. */
  readonly requests: number;
  /** Sections in the sample. */
  readonly sections: number;
  /** People in the sample. */
  readonly people: number;
}

/** Options of {@link record}. */
export interface RecordOptions extends RecordingOptions {
  /** The most requests to send, 30 or more. The larger, the more of the district is in the sample. Default 200. */
  readonly requests?: number;
  /** The app's logins, for the form of the token list and of `/me`: `clever.oauth`. Default: these are not recorded. */
  readonly oauth?: Pick<CleverOAuth, 'districtTokens' | 'me'>;
  /** Tokens of people who are logged in, for the forms of `/me`. Needs `oauth`. */
  readonly userTokens?: readonly string[];
  /** Called after each request. */
  readonly onProgress?: (progress: RecordProgress) => void;
}

const OPTIONS = keysOf<RecordOptions>()({
  out: true,
  groupSize: true,
  requests: true,
  oauth: true,
  userTokens: true,
  onProgress: true,
});

/**
 * Records a sample of a district, with stand-ins for everyone in it: whole sections with their people, schools,
 * terms and courses; people of every role; events and refusals. Records of shapes that it has not seen come first.
 *
 * Sensitive student fields are recorded if the client was asked for them by name. Nothing of the source is written, and
 * only `out` is changed.
 *
 * @param district - A client with a district-app token.
 * @returns How much was recorded.
 * @throws `CleverConfigError` for wrong options, and for a folder that is no recording.
 * @throws `CleverApiError` when Clever refuses the token.
 *
 * @example
 * ```ts
 * import { createCleverClient } from 'clever-sdk';
 * import { record } from 'clever-sdk/recording';
 *
 * const clever = createCleverClient();
 * const district = clever.district({ token: process.env.CLEVER_DISTRICT_TOKEN ?? '' });
 * await record(district, { out: './recording', requests: 100 });
 * ```
 */
export async function record<Sensitive extends SensitiveField = never>(
  district: DistrictClientV30<Sensitive>,
  options: RecordOptions,
): Promise<RecordProgress> {
  checkOptions('record()', options, OPTIONS);
  const { out, groupSize = DEFAULT_GROUP_SIZE, requests: limit = DEFAULT_REQUESTS, oauth, userTokens = [] } = options;
  checkOut('record()', out);
  checkGroupSize(groupSize);
  if (!Number.isInteger(limit) || limit < FEWEST_REQUESTS) {
    throw new CleverConfigError(`record(): \`requests\` must be a whole number, ${FEWEST_REQUESTS} or more.`);
  }
  if (userTokens.length > 0 && oauth === undefined) {
    throw new CleverConfigError(
      'record(): `userTokens` needs `oauth`. Pass `clever.oauth` of a client with app credentials.',
    );
  }
  await assertReplaceable(out);
  const facts = new Facts();
  let sent = 0;
  const requests = new Requests(limit, facts, (count) => {
    sent = count;
    options.onProgress?.(progress());
  });
  const sampler = new Sampler(district as unknown as SampledDistrict, requests, facts);
  const progress = (): RecordProgress => ({ requests: sent, ...sampler.size });
  if (oauth !== undefined) {
    await recordLogins(oauth, userTokens, requests, facts);
  }
  await sampler.sample();
  keepOwnTokens(facts);
  await writeRecording(facts, out, groupSize);
  return progress();
}

async function recordLogins(
  oauth: Pick<CleverOAuth, 'districtTokens' | 'me'>,
  userTokens: readonly string[],
  requests: Requests,
  facts: Facts,
): Promise<void> {
  const tokens = await requests.send(() => oauth.districtTokens());
  if (tokens !== undefined) {
    facts.addAnswer('districtTokens', { data: tokens });
  }
  for (const token of userTokens) {
    const me = await requests.send(() => oauth.me(token));
    if (me !== undefined) {
      facts.addAnswer('me', me);
    }
  }
}

/** Leaves out the tokens of districts that are not in the sample: the app may have hundreds. */
function keepOwnTokens(facts: Facts): void {
  const lists = facts.answers.get('districtTokens') ?? [];
  facts.answers.set(
    'districtTokens',
    lists.map(({ data }) => ({
      data: (data as readonly { readonly owner?: { readonly id?: string } | null }[]).filter(({ owner }) =>
        facts.records.districts.has(owner?.id ?? ''),
      ),
    })),
  );
}
