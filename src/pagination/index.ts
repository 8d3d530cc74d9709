export { resume } from './cursor.js';
export type { ListOptions, ToArrayOptions } from './listing.js';
export type { ListPage } from './page.js';
export { Paginated } from './paginated.js';
