import { parseJson } from '../../../util/parse-json.js';
import type { Finding } from '../../verdict.js';
import type { Page } from '../../visitor/visitor.js';
import { fail, pass } from '../findings.js';
import type { VisitScene } from '../probe.js';
import { type Arrival, placeOf } from './arrival.js';

/** How stack traces look in JavaScript, Python, Ruby, Java and PHP. */
const STACK_TRACES = [
  /\bat (?:[\w.<>$ [\]]+ )?\(?(?:file:\/\/|node:|\/|[A-Z]:\\)\S+:\d+:\d+/u,
  /Traceback \(most recent call last\)/u,
  /\.rb:\d+:in /u,
  /\bat [\w.$]+\(\w+\.java:\d+\)/u,
  /#\d+ \S+\.php\(\d+\)/u,
];

const UPSTREAM_FAILED: readonly number[] = [502, 503, 504];

/**
 * Why a page is not what a person should see when a login fails; `undefined` when nothing speaks against it. Whether
 * its words help is for a person to say.
 *
 * @param cleverFailed - Whether Clever failed, about which 502 to 504 are the truth.
 */
export function whyNotFriendly({ stage }: VisitScene, page: Page, cleverFailed = false): string | undefined {
  const where = placeOf(page);
  const { html, text, status, headers } = page;
  const secrets = stage.witness.secretsIn(html);
  if (secrets.length > 0) {
    return `The page at ${where} has a secret in it: ${secrets.join(', ')}.`;
  }
  if (status >= 500 && !(cleverFailed && UPSTREAM_FAILED.includes(status))) {
    return `The app answered with an error of its own: ${where}.`;
  }
  if (STACK_TRACES.some((trace) => trace.test(html))) {
    return `The page at ${where} shows a stack trace.`;
  }
  // A browser wraps what is no page into one; its text stays what was sent.
  const type = headers.get('content-type') ?? '';
  if (/\bjson\b/iu.test(type) || typeof (parseJson(text) ?? undefined) === 'object') {
    return `The person sees raw JSON: ${where}.`;
  }
  if (!/\bx?html\b/iu.test(type)) {
    return `The person sees a bare text and no page: ${where}, content type ${type === '' ? 'missing' : type}.`;
  }
  return text === '' && !/<(?:script|img|iframe)\b/iu.test(html)
    ? `The person sees an empty page: ${where}.`
    : undefined;
}

/** Judges where a login ended that could not succeed. */
export async function judgeScreen(scene: VisitScene, arrival: Arrival, cleverFailed = false): Promise<Finding> {
  const { app, stage } = scene;
  const { page } = arrival.login;
  const { exchanges } = stage.witness.since(arrival.mark);
  const screenshots = [await arrival.visitor.screenshot('What the person sees')].filter((one) => one !== undefined);
  const problem = stage.isClever(page.url)
    ? `The person was sent back to Clever, and saw nothing of what went wrong: ${placeOf(page)}.`
    : whyNotFriendly(scene, page, cleverFailed);
  if (problem !== undefined) {
    return fail(problem, { screenshots });
  }
  const isIn = app.saysWho && (await app.whoami(arrival.visitor)) !== undefined;
  if (!isIn) {
    return pass(`The login ended at ${placeOf(page)}, which is a page, and no one is logged in.`, { screenshots });
  }
  return exchanges.some(({ status }) => status < 300)
    ? pass(`The app started the login again, and the person is in: ${placeOf(page)}.`, { screenshots })
    : fail(`Someone is logged in, though Clever accepted no code: ${placeOf(page)}.`, { screenshots });
}
