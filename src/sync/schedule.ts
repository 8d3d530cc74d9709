import type { Duration } from './duration.js';

/** A district, for the options that differ between districts. */
export interface ScheduledDistrict {
  /** Clever's id. */
  readonly districtId: string;
  /** Its name, once it was read. */
  readonly name: string | undefined;
}

/** When a district is due again: one length of time for all, or a function of the district. */
export type EveryOption = Duration | ((district: ScheduledDistrict) => Duration);

/** Hours in which no regular run begins; a request is followed at any time, and a run under way goes on. */
export interface QuietHours {
  /** `'HH:MM'`, 24 hours. */
  readonly from: string;
  /** `'HH:MM'`; before `from` for hours that pass midnight. */
  readonly to: string;
  /** A name of the IANA database, such as `'America/Chicago'`. */
  readonly timeZone: string;
}

/** The quiet hours of all districts, or a function of the district; `undefined` for none. */
export type QuietHoursOption = QuietHours | ((district: ScheduledDistrict) => QuietHours | undefined);
