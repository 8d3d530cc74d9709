/** Nuxt's `useRuntimeConfig`, of an app that configures nothing: the session's password is in the environment. */
export const useRuntimeConfig = () => ({ session: { name: 'nuxt-session' } });
