import { type DataFile, filesOf, type OneRosterVersion } from './tables.js';

/** Whether a file is in an archive, and what its rows are: everything, or what has changed. */
export type FileMode = 'absent' | 'bulk' | 'delta';

/** The modes. */
export const FILE_MODES: readonly FileMode[] = ['absent', 'bulk', 'delta'];

/** The name of the control file. */
export const MANIFEST = 'manifest.csv';

/** Its header. Clever's importer looks for exactly `value` (observed by legertom/oneroster-data). */
export const MANIFEST_HEADER = ['propertyName', 'value'] as const;

/** The version of the manifest itself: the same in both versions of OneRoster. */
export const MANIFEST_VERSION = '1.0';

/** The system that the files come from. */
export interface SourceSystem {
  readonly systemName: string;
  readonly systemCode: string;
}

/** The rows of a manifest after its header. */
export function manifestRows(
  version: OneRosterVersion,
  modes: Readonly<Partial<Record<DataFile, FileMode>>>,
  { systemName, systemCode }: SourceSystem,
): readonly (readonly [string, string])[] {
  return [
    ['manifest.version', MANIFEST_VERSION],
    ['oneroster.version', version],
    ...[...filesOf(version)].sort().map((file) => [propertyOf(file), modes[file] ?? 'absent'] as const),
    ['source.systemName', systemName],
    ['source.systemCode', systemCode],
  ];
}

/** The property of a manifest that says whether a file exists. */
export function propertyOf(file: DataFile): string {
  return `file.${file}`;
}
