import type { Kind } from '../../roster/records.js';

/** The member that tells when a record changed last; the other kinds have none. */
export const MODIFIED: Readonly<Partial<Record<Kind, string>>> = {
  schools: 'last_modified',
  sections: 'last_modified',
  users: 'last_modified',
  resources: 'updated',
};
