import * as z from 'zod';
import { KNOWN_ROLES, type Role } from '../values/roles.js';
import { openEnum } from './enumerations.js';
import { looseRecord, optional } from './loose.js';

/**
 * A resource of Clever's content mapping. The app needs an extra grant.
 *
 * Source: the official v3.1 specification; only empty lists were observed.
 */
export interface ContentResource {
  id: string;
  /** Id of the district. */
  district?: string | null;
  /** The app's own id for the resource. */
  resource_id?: string | null;
  title?: string | null;
  /** The roles for which it is intended: `teacher`, `student`. */
  roles?: Role[] | null;
  /** ISO timestamp. */
  created?: string | null;
  /** ISO timestamp. */
  updated?: string | null;
}

/** Schema of {@link ContentResource}. */
export const resourceSchema = looseRecord<ContentResource>()({
  id: z.string(),
  district: optional(z.string()),
  resource_id: optional(z.string()),
  title: optional(z.string()),
  roles: optional(z.array(openEnum(KNOWN_ROLES))),
  created: optional(z.string()),
  updated: optional(z.string()),
}).meta({ title: 'ContentResource', description: "A resource of Clever's content mapping." });
