/** The ways into an app, in the order in which the page lists them. */
export const ENTRANCES = {
  button: 'The “Log in with Clever” button of the app',
  portal: 'The app’s icon in the Clever Portal',
  instant: 'An Instant Login link on a page of the district',
  library: 'The Clever Library',
} as const;

export type Entrance = keyof typeof ENTRANCES;
