import { CleverError, type DistrictClient, type Paginated } from 'clever-sdk';

/** A record as far as tests of paging look at it. */
export interface Row {
  readonly id: string;
}

/** How a listing is asked for. */
export interface Asking {
  readonly pageSize: number;
  readonly from?: string;
  readonly prefetch?: number;
}

/** One of the ways to read. */
export interface Reader {
  readonly name: string;
  /** What it asks for. */
  readonly path: '/v3.1/users' | '/v3.1/events';
  /** Whether the order of the records is promised. */
  readonly isOrdered: boolean;
  /** Records a page, so that there are several pages. */
  readonly pageSize: number;
  /** Requests that go before the one in the middle of a listing: of a parallel reading, the third is a guess. */
  readonly before: number;
  /** Reads to the end, and gives away what it is handed. */
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

/** What a reading brought, and what ended it early. */
export interface Reading {
  readonly rows: Row[];
  readonly error: CleverError | undefined;
}

/** Reads until the end or an error of the SDK. Any other error is none that may be. */
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

/** The records in an order that two readings can be compared by: Clever's own, which is that of their ids. */
export function inOrder(reader: Reader, rows: readonly Row[]): readonly Row[] {
  return reader.isOrdered ? rows : rows.toSorted((one, other) => Number(one.id > other.id) - Number(one.id < other.id));
}
