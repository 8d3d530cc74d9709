import { isFromApp } from '../../clever/shared.js';
import { type ApiCall, markOf } from '../../clever/witness.js';
import { fail, pass, warn } from '../findings.js';
import { NotTried, type SyncProbe } from '../probe.js';
import { fillOrdinary, oneDistrict } from './ordinary.js';
import { describeDifference, differenceOf, look, lookBefore } from './snapshot.js';

const WAIT_SECONDS = 2;
/** Clocks of one machine; `X-RateLimit-Reset` is in whole seconds. */
const TOLERANCE_MS = 50;
/** How long other requests that were on their way may still arrive. */
const ON_THEIR_WAY_MS = 250;

/** Clever answers 429 and says when the budget is new. */
export const rateLimit: SyncProbe = {
  kind: 'sync',
  id: 'sync.rate-limit',
  needs: ['sync', 'roster'],
  after: ['sync.on-demand'],
  districts: oneDistrict,
  async *run(scene) {
    const [district] = scene.districts;
    const { make, school, teachers } = fillOrdinary(scene, district);
    yield 'sync';
    const before = await lookBefore(scene, district);
    make.section({ school, teacher: teachers[0] ?? '', students: make.students(3, school) });
    // Clever documents no `Retry-After`. The time is known when the request arrives, and the fault reads it then.
    const headers = { 'x-ratelimit-reset': '0' };
    let resetAtMs = 0;
    const refusal = scene.world.sandbox.faults.add({
      status: 429,
      districtId: district.id,
      headers,
      when: (request) => {
        if (!isFromApp(request) || !/\/(?:users|events|districts)$/u.test(new URL(request.url).pathname)) {
          return false;
        }
        const resetAt = Math.ceil(Date.now() / 1_000) + WAIT_SECONDS;
        headers['x-ratelimit-reset'] = String(resetAt);
        resetAtMs = resetAt * 1_000;
        return true;
      },
    });
    const outcome = yield 'sync';
    if (refusal.happened === 0) {
      throw new NotTried('This run of the sync asked for nothing that could be refused.');
    }
    const calls = scene.stage.witness
      .since(outcome.mark)
      .calls.filter(({ tokenMark }) => tokenMark === markOf(district.token));
    const refused = calls.find(({ status }) => status === 429);
    const early = refused === undefined ? 0 : calls.filter((call) => isEarly(call, refused, resetAtMs)).length;
    const said = `Clever answered 429, with a new budget in about ${WAIT_SECONDS} s by X-RateLimit-Reset.`;
    if (early > 0) {
      return fail([
        said,
        `The app sent ${early} more ${early === 1 ? 'request' : 'requests'} of this district before that time.`,
      ]);
    }
    if (describeDifference(differenceOf(before, await look(scene, district))).length === 0) {
      return pass(`${said} The app waited, and the sync is complete.`);
    }
    const again = yield 'sync';
    const difference = describeDifference(differenceOf(before, await look(scene, district)));
    return difference.length === 0
      ? warn(`${said} This run of the sync was not completed; the next one was.`)
      : fail([said, 'Neither this run of the sync nor the next one was completed.', ...difference, again.text]);
  },
};

/** Whether a request repeats the one that was refused, or began after it, and did not wait. */
function isEarly(call: ApiCall, refused: ApiCall, resetAtMs: number): boolean {
  const isRepetition = call.rawPath === refused.rawPath && `${call.query}` === `${refused.query}`;
  return (
    call.number > refused.number &&
    call.startedAtMs < resetAtMs - TOLERANCE_MS &&
    (isRepetition || call.startedAtMs > refused.atMs + ON_THEIR_WAY_MS)
  );
}
