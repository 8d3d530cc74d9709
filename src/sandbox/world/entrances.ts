/** The addresses at which a person enters: a login, the portal, an Instant Login link, the Library. */
export const ENTRANCES: readonly string[] = [
  '/oauth/authorize',
  '/oauth/instant-login',
  '/portal',
  '/portal/app',
  '/library',
  '/library/install',
  '/library/open',
];
