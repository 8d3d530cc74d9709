/* Copies of what `package.json` says, which is not shipped inside the code. A test holds them against it. Their types
 * are open, so that a release does not change the types of the API. */

/** The version of this package. */
export const VERSION: string = '1.0.0';

/** The address of the documentation, which ends with a slash: `homepage` in `package.json`. */
export const DOCS: string = 'https://clever-sdk.github.io/clever-sdk/';
