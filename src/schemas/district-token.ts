import * as z from 'zod';
import { looseRecord, optional } from './loose.js';

/** Whose data a district-app token opens. */
export interface DistrictTokenOwner {
  /** `district`. */
  type?: string | null;
  /** Id of the district: what to store, because the token may be replaced. */
  id: string;
}

/** Schema of {@link DistrictTokenOwner}. */
export const districtTokenOwnerSchema = looseRecord<DistrictTokenOwner>()({
  type: optional(z.string()),
  id: z.string(),
}).meta({ title: 'DistrictTokenOwner', description: 'Whose data a district-app token opens.' });

/** A district-app token: one connected district of the app, as `/oauth/tokens?owner_type=district` lists it. */
export interface DistrictToken {
  /** Id of the token, not of the district. */
  id: string;
  owner: DistrictTokenOwner;
  /** The bearer token. A secret. */
  access_token: string;
  /** What the token opens. */
  scopes: string[];
  /** ISO timestamp. */
  created?: string | null;
}

/** Schema of {@link DistrictToken}. */
export const districtTokenSchema = looseRecord<DistrictToken>()({
  id: z.string(),
  owner: districtTokenOwnerSchema,
  access_token: z.string(),
  scopes: z.array(z.string()),
  created: optional(z.string()),
}).meta({ title: 'DistrictToken', description: 'A district-app token: one connected district of the app.' });
