/** A workflow of GitHub Actions, as far as the rules read it. */
interface Workflow {
  readonly on?: unknown;
  readonly permissions?: unknown;
  readonly jobs?: Readonly<Record<string, Job>>;
}

interface Job {
  /** A job that runs another workflow, which says for itself where and for how long. */
  readonly uses?: string;
  readonly permissions?: unknown;
  readonly environment?: unknown;
  readonly 'timeout-minutes'?: unknown;
  readonly steps?: readonly Step[];
}

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

/** Triggers that run with the rights of the repository on what a stranger has sent. */
const DANGEROUS_TRIGGERS = ['pull_request_target', 'workflow_run', 'issue_comment', 'issues', 'discussion_comment'];

/** What a shell would run as code when it is put in a script: who writes it may not be one of us. */
const INJECTED = /\$\{\{\s*(?:github\.(?:event|head_ref|ref_name|base_ref|actor)|inputs|needs|steps|matrix)\b/u;

/**
 * Returns what is wrong with a workflow, one sentence each: what zizmor and the Scorecard look for, of the things that
 * a workflow of ours could get wrong. actionlint reads its syntax.
 *
 * @param text - The file. A version beside the commit of an action is a comment, which a parser drops.
 * @param workflow - The same, parsed.
 * @param trusted - The jobs that may write and still run installed packages.
 */
export function workflowProblems(text: string, workflow: Workflow, trusted: readonly string[] = []): string[] {
  const jobs = Object.entries(workflow.jobs ?? {});
  return [
    ...triggerProblems(workflow.on),
    ...(isEmpty(workflow.permissions) ? [] : ['permissions at the top must be {}, so that each job names its own.']),
    ...pinProblems(text),
    ...jobs.flatMap(([name, job]) =>
      [...jobProblems(job), ...rightsProblems(job, trusted.includes(name))].map((problem) => `${name}: ${problem}`),
    ),
  ];
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

function triggerProblems(on: unknown): string[] {
  const triggers = typeof on === 'string' ? [on] : Array.isArray(on) ? on : Object.keys(on ?? {});
  return DANGEROUS_TRIGGERS.filter((trigger) => triggers.includes(trigger)).map(
    (trigger) => `${trigger} runs with the repository's rights on what a stranger has sent.`,
  );
}

function pinProblems(text: string): string[] {
  return [...text.matchAll(/^\s*(?:- )?uses: (.*)$/gmu)].flatMap(([, used = '']) =>
    used.startsWith('./') || /^[\w./-]+@[\da-f]{40} # v\d+\.\d+\.\d+$/u.test(used)
      ? []
      : [`${used} is not pinned: write the commit, and its version as a comment.`],
  );
}

function jobProblems({ steps = [], ...job }: Job): string[] {
  return [
    ...(typeof job['timeout-minutes'] === 'number' || job.uses !== undefined ? [] : ['has no timeout-minutes.']),
    ...steps.flatMap(({ uses = '', run = '', with: options = {} }) => [
      ...(uses.startsWith('actions/checkout@') && options['persist-credentials'] !== false
        ? ['the checkout leaves its token in .git: set persist-credentials to false.']
        : []),
      ...(uses.startsWith('actions/checkout@') && options['fetch-depth'] !== 0 && steps.some(runsAllChecks)
        ? ['all checks need the last release: set fetch-depth to 0.']
        : []),
      ...(INJECTED.test(run) ? ['a script contains an expression: pass the value by env.'] : []),
      ...(/\bnpx\b|npm (?:install|i) /u.test(run) ? ['a script installs what no lockfile names.'] : []),
    ]),
  ];
}

function runsAllChecks({ run = '' }: Step): boolean {
  return run.includes('.ci/run');
}

/** Returns the rights to write that a job has. */
export function writtenScopes({ permissions }: Job): string[] {
  return Object.entries(permissions ?? {}).flatMap(([scope, right]) => (right === 'write' ? [scope] : []));
}

/** The rights of a job, and what a job that has some must not do. */
function rightsProblems(job: Job, isTrusted: boolean): string[] {
  const { permissions, environment, uses, steps = [] } = job;
  if (typeof permissions !== 'object' || permissions === null) {
    return ['has no permissions of its own.'];
  }
  const written = writtenScopes(job);
  return [
    ...(written.includes('id-token') && environment === undefined && uses === undefined
      ? ['has an identity, and no environment.']
      : []),
    ...(written.length > 0 && !isTrusted && steps.some(runsPackages)
      ? ['may write, and runs installed packages.']
      : []),
    ...(written.length > 0 && steps.some((step) => isCached(step))
      ? ['has rights, and takes files from a cache that other runs write.']
      : []),
  ];
}

function runsPackages({ run = '', with: options = {} }: Step): boolean {
  return [run, String(options['script'])].some((script) => /\bnpm (?:ci|run|exec)\b|\.ci\/run/u.test(script));
}

function isCached({ uses = '', with: options = {} }: Step): boolean {
  return (
    uses.startsWith('actions/cache@') ||
    (uses.startsWith('actions/setup-node@') &&
      (options['cache'] !== undefined || options['package-manager-cache'] !== false))
  );
}
