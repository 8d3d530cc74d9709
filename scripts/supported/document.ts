import { type Coverage, VERSIONS, type Version } from './coverage.ts';
import { EVIDENCE, type Evidence } from './evidence.ts';
import { BEHAVIOURS, routeEvidence } from './facts.ts';

/** A route of the sandbox. */
export interface Route {
  readonly method: string;
  readonly path: string;
}

/** The coverage of each specification. */
export type Coverages = Readonly<Record<Version, readonly Coverage[]>>;

const BEGIN = '<!-- against the specifications: begin -->';
const END = '<!-- against the specifications: end -->';

/**
 * Returns the whole text of `SUPPORTED.md`.
 *
 * @param routes - The sandbox's routes, from its router.
 * @param specified - The part on the specifications: new from {@link specifiedPart}, or unchanged if the
 * specifications are not available.
 */
export function supportedDocument(routes: readonly Route[], specified: string): string {
  return [
    '# What the sandbox supports',
    'Written by `npm run supported` from the routes of the sandbox, the official specifications and a table of what is known of Clever (`scripts/supported`). A test fails if it is out of date.',
    'Clever publishes no complete description of how it behaves, so each line names its evidence:',
    table(
      ['Word', 'Meaning'],
      Object.entries(EVIDENCE).map(([word, meaning]) => [`**${word}**`, meaning]),
    ),
    '## Behaviours',
    ...behaviours(),
    '## Against the official specifications',
    `${BEGIN}\n\n${specified}\n\n${END}`,
    '## Routes',
    ...routeTables(routes),
    '',
  ]
    .join('\n\n')
    .trimEnd()
    .concat('\n');
}

/** Returns the part on the specifications from an existing document. */
export function specifiedPartOf(document: string): string {
  const [from, to] = [document.indexOf(BEGIN), document.indexOf(END)];
  if (from === -1 || to === -1) {
    throw new Error('SUPPORTED.md has no markers around the comparison with the specifications');
  }
  return document.slice(from + BEGIN.length, to).trim();
}

/** Returns the part on the specifications: totals, and a line for each operation. */
export function specifiedPart(coverages: Coverages): string {
  const sums = VERSIONS.map((version) => {
    const parameters = coverages[version].flatMap((one) => one.parameters);
    return [version, sumOf(coverages[version]), sumOf(parameters)];
  });
  const operations = [
    ...new Set(VERSIONS.flatMap((version) => coverages[version].map(({ operation }) => operation))),
  ].sort(byPath);
  const rows = operations.map((operation) => {
    const found = VERSIONS.map((version) => coverages[version].find((one) => one.operation === operation));
    return [
      `\`${operation}\``,
      ...found.map((one) => (one === undefined ? '–' : mark(one.isSupported))),
      parametersOf(found),
    ];
  });
  return [
    'Measured with a running sandbox: each operation of the two specifications that Clever generates clients from, and each of its parameters other than path parameters, with a value that must change the answer.',
    table(['Version', 'Operations', 'Parameters'], sums),
    table(['Operation', ...VERSIONS, 'Parameters'], rows),
  ].join('\n\n');
}

function parametersOf(found: readonly (Coverage | undefined)[]): string {
  const all = found.flatMap((one) => one?.parameters ?? []);
  const names = [...new Set(all.map(({ name }) => name))];
  return names
    .map((name) =>
      all.every((one) => one.name !== name || one.isSupported) ? `\`${name}\`` : `\`${name}\` (**not supported**)`,
    )
    .join(', ');
}

/** How many of a list are supported: `53 of 53`. */
export function sumOf(list: readonly { readonly isSupported: boolean }[]): string {
  return `${list.filter(({ isSupported }) => isSupported).length} of ${list.length}`;
}

function behaviours(): string[] {
  const areas = [...new Set(BEHAVIOURS.map(({ area }) => area))];
  return areas.flatMap((area) => [
    `### ${area}`,
    table(
      ['Behaviour', 'Evidence', 'Tested in'],
      BEHAVIOURS.filter((one) => one.area === area).map(({ what, evidence, test: [file] }) => [
        what,
        evidence,
        `[${file.slice('test/'.length)}](${file})`,
      ]),
    ),
  ]);
}

/**
 * Returns the tables of routes with and without a version. Throws for a route without evidence: add it to
 * `facts.ts`.
 */
function routeTables(routes: readonly Route[]): string[] {
  const known = routes
    .filter(({ method }) => method !== 'ALL')
    .map(({ method, path }) => ({ method, path: path.replaceAll(/:(\w+)/gu, '{$1}') }));
  const versioned = new Map<string, Set<string>>();
  const plain = new Set<string>();
  for (const { method, path } of known) {
    const [, version = '', rest = ''] = /^\/(v\d\.\d)(\/.*)$/u.exec(path) ?? [];
    const operation = `${method} ${version === '' ? path : rest}`;
    if (version === '') {
      plain.add(operation);
    } else {
      versioned.set(operation, (versioned.get(operation) ?? new Set()).add(version));
    }
  }
  const withVersion = [...versioned].sort(([a], [b]) => byPath(a, b));
  return [
    'Under a version of the API, on api.clever.com. All captures are of v3.0; according to its specification, v3.1 has the same paths:',
    table(
      ['Route', ...VERSIONS, 'Evidence'],
      withVersion.map(([operation, versions]) => [
        `\`${operation}\``,
        ...VERSIONS.map((version) => (versions.has(version) ? mark(true) : '–')),
        evidenceOf(operation),
      ]),
    ),
    'Other routes, on clever.com and api.clever.com:',
    table(
      ['Route', 'Evidence'],
      [...plain].sort(byPath).map((operation) => [`\`${operation}\``, evidenceOf(operation)]),
    ),
  ];
}

function evidenceOf(operation: string): Evidence {
  const path = operation.slice(operation.indexOf(' ') + 1);
  const evidence = routeEvidence(path);
  if (evidence === undefined) {
    throw new Error(`scripts/supported/facts.ts has no evidence for ${operation}`);
  }
  return evidence;
}

function byPath(one: string, other: string): number {
  const key = (operation: string): string => operation.split(' ').reverse().join(' ');
  return key(one) < key(other) ? -1 : 1;
}

function mark(isSupported: boolean): string {
  return isSupported ? 'yes' : '**no**';
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
