/**
 * OneRoster: the roster of a district as CSV 1.1 or 1.2, and checks of such files.
 *
 * @packageDocumentation
 */

export type {
  DataFile as OneRosterFile,
  FileMode as OneRosterFileMode,
  OneRosterInput,
  OneRosterProblem,
  OneRosterSeverity,
  OneRosterVersion,
} from '../oneroster-files/index.js';
export { type LossKind, lossText, type OneRosterLoss } from './convert/losses.js';
export type { OneRosterMetadata } from './convert/metadata.js';
export type { ExportedRole } from './convert/people.js';
export { exportOneRoster, type OneRosterReport } from './export-oneroster.js';
export type { ExportOptions, OneRosterProgress } from './options.js';
export type {
  DistrictListings,
  DistrictMirror,
  ListingOptions,
  ListingPages,
  MirrorChange,
  OneRosterSource,
  RecordListing,
  SourceKind,
  UserListing,
} from './source/source.js';
export { type OneRosterValidation, type ValidateOptions, validateOneRoster } from './validate/validate-oneroster.js';
