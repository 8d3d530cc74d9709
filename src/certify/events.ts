import type { ProbeResult, Suite } from './verdict.js';

/** What a run reports as it goes on. */
export type CertifyEvent =
  /** The sandbox listens. `variables`: what to put into the app's environment. They open this sandbox only. */
  | { readonly kind: 'listening'; readonly url: string; readonly variables: Readonly<Record<string, string>> }
  /** The run waits for the app's first request to the sandbox. `problem`: why the last try did not end there. */
  | { readonly kind: 'waiting'; readonly problem: string | undefined }
  /** The app's first request arrived: the variables are in force. */
  | { readonly kind: 'ready' }
  | { readonly kind: 'suite_started'; readonly suite: Suite; readonly probes: number }
  | { readonly kind: 'probe_started'; readonly id: string; readonly title: string }
  | { readonly kind: 'probe_ended'; readonly result: ProbeResult }
  /** A command of the app runs. `for`: how many probes wait for it. */
  | { readonly kind: 'command_started'; readonly command: 'sync' | 'roster' | 'purge' | 'lms'; readonly for: number }
  | {
      readonly kind: 'command_ended';
      readonly command: 'sync' | 'roster' | 'purge' | 'lms';
      readonly durationMs: number;
    };
