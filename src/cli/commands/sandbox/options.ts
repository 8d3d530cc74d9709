import { InvalidArgumentError } from 'commander';
import type { CommonOptions } from '../../session/options.js';

/** Options of `clever-sdk sandbox`. */
export interface SandboxCommandOptions extends CommonOptions {
  readonly port: number;
  readonly hosts?: readonly string[];
  readonly settings?: string;
  readonly redirectUri?: readonly string[];
  readonly appName?: string;
  readonly clientId?: string;
  readonly oidc?: boolean;
  readonly events?: 'on' | 'off';
  readonly apiVersions?: readonly ('v3.0' | 'v3.1')[];
  readonly seed?: number;
  readonly students?: number;
  readonly districts?: number;
  readonly csv?: string;
  readonly csvStrict?: boolean;
  readonly recording?: string;
  readonly oneroster?: string;
  readonly onerosterStrict?: boolean;
  readonly connection?: 'district' | 'library' | 'both';
  readonly tier?: 'secure-sync' | 'sso';
  readonly sensitive?: readonly string[];
  readonly attendance?: 'on' | 'off';
  readonly rateLimit?: number;
  readonly rateWindow?: number;
  readonly loginLifetime?: number;
  readonly publicUrl?: string;
  readonly httpsKey?: string;
  readonly httpsCert?: string;
  readonly clock?: number;
  readonly requestLog?: number;
  readonly state?: string;
}

/** Parses an origin: scheme, host and port. */
export function originArgument(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/u.test(url.protocol) || url.href !== `${url.origin}/`) {
    throw new InvalidArgumentError('It must be an origin without a path, such as https://clever.test.');
  }
  return url.origin;
}

/** Parses names of API versions with commas. */
export function versionList(text: string): readonly ('v3.0' | 'v3.1')[] {
  const versions = text.split(',').map((version) => version.trim());
  if (!versions.every((version) => version === 'v3.0' || version === 'v3.1')) {
    throw new InvalidArgumentError('It must be v3.0, v3.1 or both, with a comma between them.');
  }
  return versions;
}

/** Parses a time by ISO 8601 into milliseconds since 1970; a day alone is its midnight in UTC. */
export function timeArgument(text: string): number {
  const time = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2}))?$/u.test(text)
    ? Date.parse(text)
    : Number.NaN;
  if (Number.isNaN(time)) {
    throw new InvalidArgumentError('It must be a day or a time with its zone, such as 2026-08-15T07:30:00Z.');
  }
  return time;
}
