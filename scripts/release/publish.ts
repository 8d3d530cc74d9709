/**
 * The third step of a release: publishes the tarball in `release/`, and no other. Run by the release workflow, and by
 * `npm run release:publish -- --dry-run`.
 *
 * It imports nothing but Node, so that the job that may publish installs no package. No npm token exists: npm trades
 * the identity of the workflow's run for the right to publish (trusted publishing), and signs where the package was
 * built (provenance). Neither can be had outside that workflow, so a dry run goes without them.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { main, releaseFolder } from './command.ts';
import { isAtLeast } from './npm-answers.ts';
import { assertUnchanged, GATES, type ReleaseRecord, readRecord } from './record.ts';

/** The first npm that knows trusted publishing. */
const LOWEST_NPM = '11.5.1';

interface Options {
  readonly dryRun: boolean;
  /** A registry on this machine, for rehearsals. */
  readonly registry: URL | undefined;
  /** What the job that tested the tarball has named. */
  readonly integrity: string | undefined;
}

await main(() => {
  const { values } = parseArgs({
    options: {
      folder: { type: 'string' },
      'dry-run': { type: 'boolean', default: false },
      integrity: { type: 'string' },
      registry: { type: 'string' },
    },
  });
  const options: Options = {
    dryRun: values['dry-run'],
    registry: values.registry === undefined ? undefined : new URL(values.registry),
    integrity: values.integrity,
  };
  const folder = releaseFolder(values.folder);
  const record = readRecord(folder);
  assertMayBePublished(record, values.integrity);
  assertMayPublish(options);

  const sent = publish(folder, record, options);
  assertUnchanged(folder, record);
  if (sent !== record.integrity) {
    throw new Error(`npm sent ${sent}, and ${record.integrity} was tested.`);
  }
  console.log(
    `${options.dryRun ? 'npm would publish' : 'npm published'} ${record.name}@${record.version} as it was tested: ${sent}`,
  );
});

/** Throws unless these bytes have passed every gate, and are the ones that the workflow handed over. */
function assertMayBePublished({ file, integrity, passed }: ReleaseRecord, expected: string | undefined): void {
  const open = GATES.filter((gate) => !passed.includes(gate));
  if (open.length > 0) {
    throw new Error(`${file} has not passed ${open.join(', ')}: run \`npm run release:test\`.`);
  }
  if (expected !== undefined && expected !== integrity) {
    throw new Error(`${file} is ${integrity}, and the job that tested it named ${expected}.`);
  }
}

/** Throws where publishing is not allowed: anywhere but in the release workflow, or on a registry of this machine. */
function assertMayPublish({ dryRun, registry, integrity }: Options): void {
  if (registry !== undefined && registry.hostname !== '127.0.0.1') {
    throw new Error('--registry is for rehearsals, with a registry on 127.0.0.1.');
  }
  if (dryRun || registry !== undefined) {
    return;
  }
  if (process.env['ACTIONS_ID_TOKEN_REQUEST_URL'] === undefined) {
    throw new Error('Only the release workflow publishes. To see what it would do, add --dry-run.');
  }
  if (integrity === undefined) {
    throw new Error('--integrity is missing: the job that tested the tarball names it.');
  }
  const version = spawnSync('npm', ['--version'], { encoding: 'utf8' }).stdout.trim();
  if (!isAtLeast(version, LOWEST_NPM)) {
    throw new Error(`npm ${version} has no trusted publishing: ${LOWEST_NPM} or newer does.`);
  }
}

/** Publishes, and returns the integrity of what npm says that it has sent. */
function publish(folder: string, { file, version }: ReleaseRecord, { dryRun, registry }: Options): string {
  const args = [
    ...['publish', join(folder, file), '--json', '--ignore-scripts', '--access', 'public'],
    ...['--tag', version.includes('-') ? 'next' : 'latest'],
    // Without --force npm refuses a version that the registry has, and a dry run also comes after a release.
    ...(dryRun ? ['--dry-run', '--force'] : []),
    ...(registry === undefined ? [] : [`--registry=${registry.href}`, `--//${registry.host}/:_authToken=rehearsal`]),
    ...(dryRun || registry !== undefined ? ['--no-provenance'] : ['--provenance']),
  ];
  const { status, stdout, error } = spawnSync('npm', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  if (error !== undefined) {
    throw error;
  }
  if (status !== 0) {
    throw new Error(`npm publish failed (${status}).`);
  }
  return integrityIn(stdout);
}

/** npm 10 prints an object for the package; newer ones print one under the package's name. */
function integrityIn(output: string): string {
  const report = JSON.parse(output.slice(output.indexOf('{'))) as Record<string, unknown>;
  const [entry] = [report, ...Object.values(report)].flatMap((value) =>
    typeof value === 'object' && value !== null && 'integrity' in value ? [value.integrity] : [],
  );
  return String(entry);
}
