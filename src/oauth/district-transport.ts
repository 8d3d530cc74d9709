import { CleverConfigError } from '../errors/index.js';
import { checkStored } from '../options/stored.js';
import type { Transport } from '../transport/index.js';
import { lazily } from '../util/lazily.js';
import type { OAuthConfig } from './context.js';

/**
 * Creates a transport that looks up the token of one district: see {@link DistrictConnection}, which the
 * first request loads.
 *
 * @throws {@link CleverConfigError} without a district's id.
 */
export function createDistrictTransport(config: OAuthConfig, districtId: string | undefined): Transport {
  if (typeof districtId !== 'string' || districtId.trim() === '') {
    throw new CleverConfigError("clever.district(): `districtId` must be Clever's id of the district.");
  }
  checkStored('clever.district(): `districtId`', districtId);
  const connection = lazily(async () => {
    const { DistrictConnection } = await import('./district-connection.js');
    return new DistrictConnection(config, districtId);
  });
  const { origin, emit } = config.apiTransport;
  return { origin, emit, send: async (request) => (await connection()).send(request) };
}
