/** A workflow of GitHub Actions, as far as the rules read it. */
interface Workflow {
  readonly on?: unknown;
  readonly permissions?: unknown;
  readonly jobs?: Readonly<Record<string, Job>>;
}

interface Job {
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
 */
export function workflowProblems(text: string, workflow: Workflow): string[] {
  const jobs = Object.entries(workflow.jobs ?? {});
  return [
    ...triggerProblems(workflow.on),
    ...(isEmpty(workflow.permissions) ? [] : ['permissions at the top must be {}, so that each job names its own.']),
    ...pinProblems(text),
    ...jobs.flatMap(([name, job]) =>
      [...jobProblems(job), ...rightsProblems(job)].map((problem) => `${name}: ${problem}`),
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
    ...(typeof job['timeout-minutes'] === 'number' ? [] : ['has no timeout-minutes.']),
    ...steps.flatMap(({ uses = '', run = '', with: options = {} }) => [
      ...(uses.startsWith('actions/checkout@') && options['persist-credentials'] !== false
        ? ['the checkout leaves its token in .git: set persist-credentials to false.']
        : []),
      ...(INJECTED.test(run) ? ['a script contains an expression: pass the value by env.'] : []),
      ...(/\bnpx\b|npm (?:install|i) /u.test(run) ? ['a script installs what no lockfile names.'] : []),
    ]),
  ];
}

/** The rights of a job, and what a job that has some must not do. */
function rightsProblems({ permissions, environment, steps = [] }: Job): string[] {
  if (typeof permissions !== 'object' || permissions === null) {
    return ['has no permissions of its own.'];
  }
  const written = Object.entries(permissions).flatMap(([scope, right]) => (right === 'write' ? [scope] : []));
  return [
    ...(written.includes('id-token') && environment === undefined ? ['has an identity, and no environment.'] : []),
    ...(written.includes('id-token') && steps.some(({ run = '' }) => /\bnpm (?:ci|run|exec)\b/u.test(run))
      ? ['has an identity, and runs installed packages.']
      : []),
    ...(written.length > 0 && steps.some((step) => isCached(step))
      ? ['has rights, and takes files from a cache that other runs write.']
      : []),
  ];
}

function isCached({ uses = '', with: options = {} }: Step): boolean {
  return (
    uses.startsWith('actions/cache@') ||
    (uses.startsWith('actions/setup-node@') &&
      (options['cache'] !== undefined || options['package-manager-cache'] !== false))
  );
}
