export { resume } from './cursor.js';
export type { ListOptions } from './listing.js';
export type { ListPage } from './page.js';
export { Paginated, type ToArrayOptions } from './paginated.js';
