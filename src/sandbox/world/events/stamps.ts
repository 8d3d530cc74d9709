import type { Kind } from '../../roster/records.js';

/** The member that holds the time of a record's last change; the other kinds have none. */
export const MODIFIED: Readonly<Partial<Record<Kind, string>>> = {
  schools: 'last_modified',
  sections: 'last_modified',
  users: 'last_modified',
  resources: 'updated',
};
