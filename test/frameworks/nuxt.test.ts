import { defineOAuthCleverEventHandler } from 'clever-sdk/nuxt';
import { createApp, createRouter, defineEventHandler, type H3Event, sendRedirect, toNodeListener } from 'h3';
import { describeLogin } from './login-spec.js';
import {
  getUserSession,
  replaceUserSession,
} from './node_modules/nuxt-auth-utils/dist/runtime/server/utils/session.js';
import * as lowest from './node_modules/nuxt-auth-utils-lowest/dist/runtime/server/utils/session.js';
import { versionOf, type Who } from './stage.js';

/* Nuxt's server is h3; nuxt-auth-utils, a module of Nuxt, is loaded with `#imports` in its place (vitest.config.ts). */

const UTILS = { 'nuxt-auth-utils': { getUserSession, replaceUserSession }, 'nuxt-auth-utils-lowest': lowest };

for (const name of ['nuxt-auth-utils-lowest', 'nuxt-auth-utils'] as const) {
  const utils = UTILS[name];

  describeLogin({
    name: 'Nuxt',
    version: `nuxt-auth-utils ${versionOf(name)} with h3 ${versionOf('h3')}`,
    entry: 'clever-sdk/nuxt',
    redirectPaths: ['/auth/clever'],
    withoutEmail: 'none',
    button: '/auth/clever',
    start({ clever: client, secret }) {
      process.env['NUXT_SESSION_PASSWORD'] = secret;
      const router = createRouter();
      router.get(
        '/auth/clever',
        defineOAuthCleverEventHandler<H3Event>({
          config: { client, cookieSecret: secret },
          async onSuccess(event, { user: { id, email, role }, returnTo }) {
            await utils.replaceUserSession(event, { user: { id, email, role } }, { cookie: { secure: false } });
            return sendRedirect(event, returnTo);
          },
        }),
      );
      router.get(
        '/',
        defineEventHandler(async (event) => (await utils.getUserSession(event)).user ?? 'null'),
      );
      return { listener: toNodeListener(createApp().use(router)) };
    },
    whoIs: async (visitor, origin) => ((await (await visitor.request(origin)).json()) as Who | null) ?? undefined,
  });
}
