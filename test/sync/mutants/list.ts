/** A defect of the engine that the tests must find. */
export interface Mutant {
  readonly name: string;
  /** A file of `src/sync/`. */
  readonly file: string;
  /** A text that the file has exactly once, and what it becomes. */
  readonly from: string;
  readonly to: string;
  /** The tests that find it: a file of `test/sync/`, and where one is enough, the beginning of its name. */
  readonly tests: { readonly file: string; readonly name?: string };
}

const PROMISE = (name: string): Mutant['tests'] => ({ file: 'invariants.test.ts', name });

// biome-ignore-start lint/suspicious/noTemplateCurlyInString: texts of the sources, some of which are templates.
/** `npm run test:mutants` has each of them run against its tests, and fails when one survives. */
export const MUTANTS: readonly Mutant[] = [
  {
    name: 'no guard',
    file: 'run/guard.ts',
    from: 'return { isHeld: findings.length > 0, findings };',
    to: 'return { isHeld: false, findings };',
    tests: PROMISE('5. nothing above the guard'),
  },
  {
    name: 'what went within the last day is forgotten',
    file: 'run/guard.ts',
    from: "and stored.deleted_at > now() - interval '1 day'",
    to: 'and false',
    tests: PROMISE('5. nothing above the guard'),
  },
  {
    name: 'an approval is for the run, whatever its plan is by now',
    file: 'run/run-row.ts',
    from: 'coalesce(approved_hash = plan_hash, false) as is_approved',
    to: '(approved_at is not null) as is_approved',
    tests: PROMISE('5. nothing above the guard'),
  },
  {
    name: 'the cursor is stored before the events are applied',
    file: 'run/event-run.ts',
    from: '      if (next === steps.length) {',
    to: '      if (first === 0) {',
    tests: PROMISE('3. the cursor never passes'),
  },
  {
    name: 'the cursor of a full run is that of its end',
    file: 'run/full-run.ts',
    from: 'return { foldCursor: position, district, lastSync };\n    }\n    if (reading',
    to: 'return { foldCursor: (await reader.latestEventId()) ?? position, district, lastSync };\n    }\n    if (reading',
    tests: PROMISE('3. the cursor never passes'),
  },
  {
    name: 'absence is believed whatever Clever counts',
    file: 'run/full-run.ts',
    from: 'const isTooFew = read < Math.min(countBefore, countAfter) - slack;',
    to: 'const isTooFew = false;',
    tests: PROMISE('4. absence is believed'),
  },
  {
    name: 'absence is believed from the staged records of any run',
    file: 'run/plan.ts',
    from: "where staged.run = $2::text::bigint and staged.kind = '${kind}' and staged.id = stored.id",
    to: "where $2::text is not null and staged.kind = '${kind}' and staged.id = stored.id",
    tests: PROMISE('4. absence is believed'),
  },
  {
    name: 'the events during a full run are not folded in',
    file: 'run/full-run.ts',
    from: 'const fold = isFirst ? { position, events: 0 } : await foldEvents(full, position);',
    to: 'const fold = { position: (await reader.latestEventId()) ?? position, events: 0 };',
    tests: PROMISE('3. the cursor never passes'),
  },
  {
    name: 'the epoch is not compared',
    file: 'run/lease.ts',
    from: 'where id = $1::text and lease_epoch = $2::text::bigint and lease_owner = $3::text\nreturning set_config',
    to: "where id = $1::text and $2::text <> '' and $3::text <> ''\nreturning set_config",
    tests: PROMISE('6. a superseded worker'),
  },
  {
    name: 'the hook runs outside the transaction',
    file: 'mirror/mirror.ts',
    from: 'await callHook(this.#context, changes, {',
    to: 'void callHook(this.#context, changes, {',
    tests: PROMISE('2. data, change log'),
  },
  {
    name: 'an archived record that is back is not restored',
    file: 'mirror/statements.ts',
    from: "      when was_gone then 'restored'\n",
    to: '',
    tests: PROMISE('9. a returning id'),
  },
  {
    name: 'the relations of an archived record stay',
    file: 'mirror/statements.ts',
    from: 'delete from ${schema}.${table} as stored using effects where stored.${parent} = effects.id\n)`;',
    to: 'delete from ${schema}.${table} as stored using effects where stored.${parent} = effects.id and false\n)`;',
    tests: PROMISE('1. the mirror equals'),
  },
  {
    name: 'an unchanged record is written',
    file: 'mirror/statements.ts',
    from: 'where is_new or was_gone or before is distinct from data or odd_before is distinct from odd or is_foreign',
    to: 'where true',
    tests: PROMISE('7. repeating any page'),
  },
  {
    name: 'the record of another district is passed over',
    file: 'mirror/mirror.ts',
    from: "if (row['op'] === 'foreign') {",
    to: "if (row['op'] === 'none') {",
    tests: PROMISE('11. no record under two districts'),
  },
  {
    name: 'an event that is older than the stored record is applied',
    file: 'mirror/statements.ts',
    from: "or not coalesce(incoming.data ->> 'last_modified' < stored.data ->> 'last_modified', false)",
    to: 'or true',
    tests: { file: 'odd-days.test.ts', name: 'ignores an event that is older' },
  },
  {
    name: 'sensitive fields stay when the choice is narrowed',
    file: 'run/access.ts',
    from: 'if (before.every((field) => named.has(field))) {',
    to: 'if (named.size >= 0) {',
    tests: PROMISE('12. no unnamed sensitive field'),
  },
  {
    name: 'sensitive fields are noted after they are stored',
    file: 'run/access.ts',
    from: 'if (fields.length > before.length) {',
    to: 'if (fields.length > 99) {',
    tests: PROMISE('12. no unnamed sensitive field'),
  },
  {
    name: 'a district that is connected again goes on by events',
    file: 'run/district-run.ts',
    from: "return 'connected again: events may not report what changed meanwhile';",
    to: 'return undefined;',
    tests: PROMISE('10. trouble at Clever'),
  },
  {
    name: 'a slice ends although nothing new was stored in it',
    file: 'run/slice.ts',
    from: 'if (this.isAborted || (this.#hasSaved && this.isUsedUp)) {',
    to: 'if (this.isUsedUp) {',
    tests: { file: 'slices.test.ts', name: 'the smallest budget brings' },
  },
  {
    name: 'a page that is read again in each slice counts as new',
    file: 'run/full-run.ts',
    from: 'const isNew = cursor !== progress.cursor;',
    to: 'const isNew = true;',
    tests: { file: 'slices.test.ts', name: 'the smallest budget brings' },
  },
  {
    name: 'the signal does not reach the requests',
    file: 'clever/source.ts',
    from: 'this.#request = omitUndefined({ signal });',
    to: 'this.#request = signal === undefined ? {} : {};',
    tests: { file: 'slices.test.ts', name: 'while the client waits' },
  },
  {
    name: 'a worker runs what is not due',
    file: 'run/lease.ts',
    from: "and ($5::text = 'false' or ${IS_DUE})",
    to: 'and ($5::text is not null or ${IS_DUE})',
    tests: { file: 'due.test.ts', name: 'finds a district that is not due' },
  },
  {
    name: 'a district whose runs are killed stays due',
    file: 'run/lease.ts',
    from: "when $4::text = 'true' then clock_timestamp() + ${backOff",
    to: "when $4::text = 'never' then clock_timestamp() + ${backOff",
    tests: { file: 'due.test.ts', name: 'a district whose runs are killed is due' },
  },
  {
    name: 'a process that was frozen writes on',
    file: 'run/lease.ts',
    from: 'where id = $1::text and lease_epoch = $2::text::bigint and lease_owner = $3::text\nreturning set_config',
    to: "where id = $1::text and $2::text <> '' and $3::text <> ''\nreturning set_config",
    tests: { file: 'fleet/troubles.test.ts', name: 'takes not one write of a process' },
  },
  {
    name: 'a lease is taken from a process that holds it',
    file: 'run/lease.ts',
    from: '    and (lease_until is null or lease_until < clock_timestamp())\n    and ($5',
    to: '    and ($5',
    tests: { file: 'fleet/troubles.test.ts', name: 'goes on by itself when all processes are replaced' },
  },
  {
    name: 'a run answers the requests that were made while it was under way',
    file: 'run/finish.ts',
    from: '  failures = 0,\n  last_error_code = null\n',
    to: '  failures = 0,\n  asked_at = null,\n  last_error_code = null\n',
    tests: { file: 'worker/worker.test.ts', name: 'follows a run that is under way by one more' },
  },
  {
    name: 'a look sends what is not due',
    file: 'worker/dispatch.ts',
    from: 'const IS_WAITING = `\n  ${IS_DUE}\n',
    to: 'const IS_WAITING = `\n  true\n',
    tests: { file: 'worker/worker.test.ts', name: 'runs what is due, and says what is left' },
  },
  {
    name: 'an unfinished district is not queued again',
    file: 'worker/handler.ts',
    from: "return report?.outcome === 'unfinished' ? 'again' : 'done';",
    to: "return report?.outcome === 'held' ? 'again' : 'done';",
    tests: { file: 'worker/worker.test.ts', name: 'gives every district a turn' },
  },
  {
    name: 'a look of pg-boss waits for one whose process died',
    file: 'pg-boss/queues.ts',
    from: "policy: 'short',",
    to: "policy: 'exclusive',",
    tests: { file: 'pg-boss/engine.test.ts', name: 'calls it although a process has died' },
  },
];
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: as above.
