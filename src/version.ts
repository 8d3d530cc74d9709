/* Copies of what `package.json` says, which is not shipped inside the code. A test holds them against it. */

/** The version of this package. */
export const VERSION = '1.0.0';

/** The address of the documentation, which ends with a slash: `homepage` in `package.json`. */
export const DOCS = 'https://clever-sdk.github.io/clever-sdk/';
