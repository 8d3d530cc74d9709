import { VARIABLES } from '../../../session/environment.js';
import { ASK, type Check, type Finding } from '../check.js';
import type { DiagnosticTarget } from '../diagnostic-target.js';
import { whyNoAnswer } from '../probe.js';

/** Whether both origins answer, and whether they are Clever's (or a sandbox's). */
export const network: Check = {
  id: 'network',
  title: 'Network',
  needs: ['credentials'],
  run: async (target) => (await api(target)) ?? (await auth(target)) ?? { verdict: 'ok', seen: answering(target) },
};

function answering({ apiOrigin, authOrigin }: DiagnosticTarget): string {
  return apiOrigin === authOrigin
    ? `${hostOf(apiOrigin)} answers`
    : `${hostOf(apiOrigin)} and ${hostOf(authOrigin)} answer`;
}

async function api({ probe, apiOrigin }: DiagnosticTarget): Promise<Finding | undefined> {
  try {
    const { status, headers } = await probe.get(`${apiOrigin}/v3.0/districts`);
    // On every answer of the API, also when it refuses (observed).
    const isClever = headers.has('x-ratelimit-limit') || status === 401;
    return isClever ? undefined : strange(apiOrigin, status, VARIABLES.apiOrigin);
  } catch (error) {
    return unreachable(apiOrigin, error);
  }
}

async function auth({ probe, authOrigin }: DiagnosticTarget): Promise<Finding | undefined> {
  try {
    const { status } = await probe.get(`${authOrigin}/oauth/tokeninfo`);
    return status >= 400 && status < 500 && status !== 404
      ? undefined
      : strange(authOrigin, status, VARIABLES.authOrigin);
  } catch (error) {
    return unreachable(authOrigin, error);
  }
}

function unreachable(origin: string, error: unknown): Finding {
  return {
    verdict: 'failed',
    seen: `${hostOf(origin)} cannot be reached`,
    cause: `${whyNoAnswer(error)}.`,
    whatToDo: `Check the network, a proxy or firewall, and ${VARIABLES.apiOrigin} and ${VARIABLES.authOrigin} if they are set.`,
    whomToAsk: ASK.network,
  };
}

function strange(origin: string, status: number, variable: string): Finding {
  const isTrouble = status >= 500;
  return {
    verdict: 'failed',
    seen: `${hostOf(origin)} answers with ${status}, which Clever does not`,
    cause: isTrouble
      ? 'the server has trouble, or a proxy on the way to it.'
      : 'a server other than Clever answers: a wrong origin, the two origins swapped, or a proxy or captive portal.',
    whatToDo: isTrouble
      ? 'Try again in a minute; see https://status.clever.com.'
      : `Correct ${variable}, or leave it unset for Clever itself.`,
    whomToAsk: isTrouble ? ASK.clever : ASK.network,
  };
}

function hostOf(origin: string): string {
  return new URL(origin).host;
}
