/**
 * Where `clever.oauth` has the app's secret for the integrations of frameworks that exchange codes themselves: a method
 * that no printer calls and no loop finds. Registered, because the entries of the package have copies of this file.
 */
export const APP_SECRET = Symbol.for('clever-sdk.app-secret');
