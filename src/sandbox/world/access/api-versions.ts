/** An API version that the sandbox speaks. */
export type ApiVersion = 'v3.0' | 'v3.1';

/** All API versions that the sandbox speaks. */
export const API_VERSIONS: readonly ApiVersion[] = ['v3.0', 'v3.1'];
