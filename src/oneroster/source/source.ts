import { CleverConfigError } from '../../index.js';
import { isObject } from '../../util/is-object.js';

/** A record, as Clever sent it. */
export type CleverRecord = Readonly<Record<string, unknown>> & { readonly id: string };

/** A kind of record that an export reads: the name of Clever's collection. */
export type SourceKind = 'districts' | 'schools' | 'terms' | 'courses' | 'users' | 'sections';

/** Options of a listing, as far as an export has them. */
export interface ListingOptions {
  /** Records per request. */
  readonly pageSize?: number;
  readonly signal?: AbortSignal;
  /** Only users with this role. */
  readonly role?: 'contact';
}

/** The pages of a listing. */
export interface ListingPages {
  /** Reads page by page. */
  pages(): AsyncIterable<{ readonly data: readonly object[] }>;
}

/** A collection of a district client, as far as an export uses it. */
export interface RecordListing {
  /** Lists its records. */
  list(params?: Omit<ListingOptions, 'role'>): ListingPages;
}

/** The users of a district client, as far as an export uses them. */
export interface UserListing {
  /** Lists the users. */
  list(params?: ListingOptions): ListingPages;
}

/** A district client of the SDK, as far as an export uses it: `clever.district({ token })`. */
export interface DistrictListings {
  readonly districts: RecordListing;
  readonly schools: RecordListing;
  readonly terms: RecordListing;
  readonly courses: RecordListing;
  readonly sections: RecordListing;
  readonly users: UserListing;
}

/** A change of a mirror, as far as an export uses it. */
export interface MirrorChange {
  readonly kind: string;
  /** Clever's id of the record. */
  readonly id: string;
  readonly op: 'created' | 'updated' | 'archived' | 'restored';
  /** The record before the change, where the change log has it. */
  readonly previous?: object;
  /** When the change was stored. */
  readonly at: Date;
}

/** The mirror of a district, as far as an export uses it: `sync.mirror(districtId)` of `clever-sdk/sync`. */
export interface DistrictMirror {
  readonly districtId: string;
  /** Reads the records that exist, in the order of their ids, many at a time. */
  records(
    kind: SourceKind,
    options?: { readonly role?: 'contact'; readonly signal?: AbortSignal },
  ): AsyncIterable<readonly object[]>;
  /** A position in the change log, after all changes so far. */
  checkpoint(): Promise<string>;
  /** Reads the changes of the district after a position, in their order, many at a time. */
  changesSince(checkpoint: string, options?: { readonly signal?: AbortSignal }): AsyncIterable<readonly MirrorChange[]>;
}

/** Where an export reads from. */
export type OneRosterSource = DistrictListings | DistrictMirror;

/** How a source is read. */
export interface ReadOptions {
  readonly pageSize: number;
  readonly signal: AbortSignal | undefined;
}

/** Reads the records of a source, many at a time. */
export interface RecordReader {
  read(kind: SourceKind, role?: 'contact'): AsyncIterable<readonly CleverRecord[]>;
}

/**
 * Whether a source is a mirror.
 *
 * @throws `CleverConfigError` for what is neither a mirror nor a district client.
 */
export function isMirror(source: OneRosterSource): source is DistrictMirror {
  if (isObject(source) && typeof source['records'] === 'function') {
    return true;
  }
  const listings = source as Partial<Record<SourceKind, { readonly list?: unknown }>> | null;
  if (typeof listings?.users?.list !== 'function' || typeof listings.sections?.list !== 'function') {
    throw new CleverConfigError(
      'exportOneRoster() needs a district client, such as clever.district({ token }), or the mirror of a sync: sync.mirror(districtId).',
    );
  }
  return false;
}

/** Returns what reads a source. */
export function readerOf(source: OneRosterSource, { pageSize, signal }: ReadOptions): RecordReader {
  const request = signal === undefined ? {} : { signal };
  return {
    async *read(kind, role) {
      const filter = role === undefined ? {} : { role };
      const pages = isMirror(source)
        ? source.records(kind, { ...request, ...filter })
        : pagesOf(source, kind, { pageSize, ...request, ...filter });
      for await (const records of pages) {
        signal?.throwIfAborted();
        yield records.filter((record): record is CleverRecord => typeof (record as CleverRecord).id === 'string');
      }
    },
  };
}

async function* pagesOf(
  source: DistrictListings,
  kind: SourceKind,
  params: ListingOptions,
): AsyncGenerator<readonly object[], void, undefined> {
  // Clever does not page the list of districts.
  const { pageSize: _, ...unpaged } = params;
  const listing = kind === 'districts' ? source.districts.list(unpaged) : source[kind].list(params);
  for await (const { data } of listing.pages()) {
    yield data;
  }
}
