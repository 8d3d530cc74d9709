import type { Fault } from '../../world/faults/fault.js';

const RATE_LIMIT = ['bucket', 'limit', 'remaining', 'reset'].map((name) => `x-ratelimit-${name}`);

/** Changes the headers of an answer, in place. */
export function changeHeaders(answer: Headers, { headers = {}, rateLimitHeaders, clockSkewMs = 0 }: Fault): void {
  if (clockSkewMs !== 0) {
    const sent = Date.parse(answer.get('date') ?? '');
    answer.set('date', new Date(sent + clockSkewMs).toUTCString());
    const reset = answer.get('x-ratelimit-reset');
    if (reset !== null) {
      answer.set('x-ratelimit-reset', String(Number(reset) + Math.round(clockSkewMs / 1_000)));
    }
  }
  if (rateLimitHeaders === false) {
    for (const name of RATE_LIMIT) {
      answer.delete(name);
    }
  }
  for (const [name, value] of Object.entries(headers)) {
    answer.set(name, value);
  }
}
