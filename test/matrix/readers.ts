import { CleverError, type DistrictClient, type Paginated } from 'clever-sdk';

/** The part of a record that tests of paging look at. */
export interface Row {
  readonly id: string;
}

/** The options of a listing. */
export interface Asking {
  readonly pageSize: number;
  readonly from?: string;
  readonly prefetch?: number;
}

/** One way to read. */
export interface Reader {
  readonly name: string;
  /** The path that it requests. */
  readonly path: '/v3.1/users' | '/v3.1/events';
  /** Whether the order of the records is promised. */
  readonly isOrdered: boolean;
  /** Records per page, so that there are several pages. */
  readonly pageSize: number;
  /** Requests before the one in the middle of a listing; in a parallel reading, the third is a guessed position. */
  readonly before: number;
  /** Reads to the end, and passes on what it receives. */
  readonly read: (district: DistrictClient, asking: Asking, take: (row: Row) => void) => Promise<void>;
}

type List = (district: DistrictClient, asking: Asking) => Paginated<Row>;
type Way = (listing: Paginated<Row>, take: (row: Row) => void) => Promise<void>;

const users: List = (district, asking) => district.users.list(asking);
const shared: List = (district, asking) => district.users.list({ ...asking, parallel: 4 });
const events: List = (district, asking) => district.events.list(asking);

const items: Way = async (listing, take) => {
  for await (const row of listing) {
    take(row);
  }
};
const pages: Way = async (listing, take) => {
  for await (const { data } of listing.pages()) {
    data.forEach(take);
  }
};
const toArray: Way = async (listing, take) => (await listing.toArray({ maxItems: 100_000 })).forEach(take);

function reader(name: string, list: List, way: Way): Reader {
  return {
    name,
    path: list === events ? '/v3.1/events' : '/v3.1/users',
    isOrdered: list !== shared,
    pageSize: list === events ? 10 : 20,
    before: list === shared ? 1 : 2,
    read: (district, asking, take) => way(list(district, asking), take),
  };
}

/** Every way to read a listing. */
export const READERS: readonly Reader[] = [
  reader('items', users, items),
  reader('pages', users, pages),
  reader('toArray', users, toArray),
  reader('parallel items', shared, items),
  reader('parallel pages', shared, pages),
  reader('events', events, items),
  reader('pages of events', events, pages),
];

/** What a reading delivered, and what ended it early. */
export interface Reading {
  readonly rows: Row[];
  readonly error: CleverError | undefined;
}

/** Reads until the end or an error of the SDK. Rethrows any other error, which must not happen. */
export async function attempt(reader: Reader, district: DistrictClient, asking: Asking): Promise<Reading> {
  const rows: Row[] = [];
  try {
    await reader.read(district, asking, (row) => void rows.push(row));
    return { rows, error: undefined };
  } catch (error) {
    if (error instanceof CleverError) {
      return { rows, error };
    }
    throw error;
  }
}

/** The records in Clever's order, which is that of their ids, so that two readings can be compared. */
export function inOrder(reader: Reader, rows: readonly Row[]): readonly Row[] {
  return reader.isOrdered ? rows : rows.toSorted((one, other) => Number(one.id > other.id) - Number(one.id < other.id));
}
