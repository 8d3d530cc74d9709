import { certify, type ProbeResult, type Suite, type Verdict } from 'clever-sdk/certify';
import { type Fault, SmallApp } from './small-app.js';

/** A fault, and what is expected of it beside the verdicts of the right app. */
export type ExpectedOfFault = readonly [fault: Fault, probe: string, verdict: Verdict];

/** Tries a small app by one suite. */
export async function probesOf(
  suite: Suite,
  fault?: Fault,
  { saysWho = true, loginUrl }: { readonly saysWho?: boolean; readonly loginUrl?: string } = {},
): Promise<readonly ProbeResult[]> {
  await using app = await new SmallApp(fault).start();
  const { probes } = await certify({
    app: app.origin,
    port: 0,
    seed: 7,
    suites: [suite],
    ...(saysWho ? { whoami: '/api/me#id' } : {}),
    ...(loginUrl === undefined ? {} : { loginUrl }),
    logoutUrl: '/logout',
    redirectUris: [`${app.origin}/auth/clever/callback`],
    rosterCommand: app.roster,
    onEvent: app.configure,
  });
  return probes;
}

/** The verdict of each probe. */
export function verdictsOf(probes: readonly ProbeResult[]): Record<string, Verdict> {
  return Object.fromEntries(probes.map(({ id, verdict }) => [id, verdict]));
}

/** The results that differ from those of the right app, but for what was left out because another probe failed. */
export function differences(probes: readonly ProbeResult[], right: Readonly<Record<string, Verdict>>): string[] {
  return probes
    .filter(({ id, verdict }) => verdict !== right[id] && verdict !== 'skipped')
    .map(({ id, verdict, evidence }) => `${id} ${verdict}: ${evidence.join(' ')}`);
}
