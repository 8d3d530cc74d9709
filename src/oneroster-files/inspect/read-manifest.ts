import type { ArchiveEntry } from '../archive/entry.js';
import { readRows } from '../csv/read-rows.js';
import { FILE_MODES, type FileMode, MANIFEST, MANIFEST_HEADER, MANIFEST_VERSION, propertyOf } from '../manifest.js';
import { type DataFile, filesOf, type OneRosterVersion, VERSIONS } from '../tables.js';
import { newFacts, reportFacts } from './facts.js';
import type { OneRosterSeverity, ReportProblem } from './problem.js';

/** What a manifest says. */
export interface Manifest {
  readonly version: OneRosterVersion;
  /** The modes of the files that it names. */
  readonly modes: ReadonlyMap<DataFile, FileMode>;
}

interface Property {
  readonly line: number;
  readonly value: string;
}

/**
 * Reads a manifest and reports what is wrong with it.
 *
 * @param guess - The version to go on with when the manifest does not say it.
 */
export async function readManifest(
  entry: ArchiveEntry,
  guess: OneRosterVersion,
  report: ReportProblem,
): Promise<Manifest> {
  const properties = await readProperties(entry, report);
  const manifestVersion = properties.get('manifest.version');
  if (manifestVersion?.value !== MANIFEST_VERSION) {
    report({
      severity: 'error',
      rule: 'manifest-version',
      file: MANIFEST,
      ...(manifestVersion === undefined ? {} : { line: manifestVersion.line, column: 'value' }),
      message:
        manifestVersion === undefined
          ? 'has no manifest.version; add the row manifest.version,1.0.'
          : 'has another manifest.version than 1.0; spreadsheets turn it into 1, so write it by a program.',
    });
  }
  const version = versionOf(properties.get('oneroster.version'), guess, report);
  return { version, modes: modesOf(properties, version, report) };
}

async function readProperties(entry: ArchiveEntry, report: ReportProblem): Promise<ReadonlyMap<string, Property>> {
  const facts = newFacts();
  const properties = new Map<string, Property>();
  let isFirst = true;
  let valueAt = 1;
  for await (const rows of readRows(entry.open(), facts)) {
    for (const { line, cells } of rows) {
      const place = { file: MANIFEST, line };
      if (cells === undefined) {
        report({ severity: 'error', rule: 'quotes', ...place, message: 'has quotes that do not match.' });
      } else if (isFirst) {
        isFirst = false;
        if (cells.join() !== MANIFEST_HEADER.join()) {
          const message = `needs exactly the header ${MANIFEST_HEADER.join()}: Clever's importer looks for these names.`;
          report({ severity: 'error', rule: 'manifest-header', ...place, message });
        }
        valueAt = Math.max(cells.indexOf('value'), 1);
      } else {
        const [name = '', value = ''] = [cells[0]?.trim(), cells[valueAt]?.trim()];
        if (cells.length !== MANIFEST_HEADER.length) {
          report({ severity: 'error', rule: 'width', ...place, message: 'has another number of cells than two.' });
        }
        if (properties.has(name)) {
          report({ severity: 'error', rule: 'manifest-property', ...place, message: 'repeats a property.' });
        } else {
          properties.set(name, { line, value });
        }
      }
    }
  }
  reportFacts(MANIFEST, facts, report);
  return properties;
}

function versionOf(property: Property | undefined, guess: OneRosterVersion, report: ReportProblem): OneRosterVersion {
  const version = VERSIONS.find((known) => known === property?.value);
  if (version === undefined) {
    report({
      severity: 'error',
      rule: 'oneroster-version',
      file: MANIFEST,
      ...(property === undefined ? {} : { line: property.line, column: 'value' }),
      message: 'needs oneroster.version, with the value 1.1 or 1.2 (1.2.1 is the name of a document, not a value).',
    });
  }
  return version ?? guess;
}

function modesOf(
  properties: ReadonlyMap<string, Property>,
  version: OneRosterVersion,
  report: ReportProblem,
): ReadonlyMap<DataFile, FileMode> {
  const modes = new Map<DataFile, FileMode>();
  const known = new Set(['manifest.version', 'oneroster.version', 'source.systemName', 'source.systemCode']);
  for (const file of filesOf(version)) {
    const name = propertyOf(file);
    known.add(name);
    const property = properties.get(name);
    const mode = FILE_MODES.find((candidate) => candidate === property?.value);
    if (mode !== undefined) {
      modes.set(file, mode);
    } else if (property === undefined) {
      const severity: OneRosterSeverity = version === '1.2' ? 'error' : 'warning';
      const message = `does not name ${name}; every file of ${version} has its row, with absent for those that do not exist.`;
      report({ severity, rule: 'manifest-property', file: MANIFEST, message });
    } else {
      const message = `says neither absent, bulk nor delta of ${name}.`;
      report({
        severity: 'error',
        rule: 'manifest-mode',
        file: MANIFEST,
        line: property.line,
        column: 'value',
        message,
      });
    }
  }
  for (const [name, { line }] of properties) {
    if (!known.has(name)) {
      const message = `has a property that OneRoster ${version} does not know.`;
      const severity: OneRosterSeverity = version === '1.2' ? 'error' : 'warning';
      report({ severity, rule: 'manifest-property', file: MANIFEST, line, column: 'propertyName', message });
    }
  }
  return modes;
}
