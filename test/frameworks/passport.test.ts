import type { RequestListener } from 'node:http';
import { CleverStrategy } from 'clever-sdk/passport';
import newest from 'express';
import four from 'express-4';
import session from 'express-session';
import passport, { type PassportStatic } from 'passport';
import { describeLogin, describeLoginInChromium } from './login-spec.js';
import { type Framework, versionOf, type Who } from './stage.js';

const EXPRESS = { express: newest, 'express-4': four as unknown as typeof newest };

function frameworkOf(name: keyof typeof EXPRESS): Framework {
  const express = EXPRESS[name];
  return {
    name: 'Passport',
    version: `${versionOf('passport')} with Express ${versionOf(name)}`,
    entry: 'clever-sdk/passport',
    redirectPaths: ['/auth/clever/callback'],
    withoutEmail: 'none',
    button: '/auth/clever',
    start({ clever: client, secret }) {
      const own = new passport.Passport() as PassportStatic;
      own.serializeUser((user, done) => done(null, user));
      own.deserializeUser((user: Express.User, done) => done(null, user));
      own.use(
        new CleverStrategy({ client, cookieSecret: secret }, async ({ id, email, role }) => ({ id, email, role })),
      );
      const app = express();
      app.use(session({ name: 'session', secret, resave: false, saveUninitialized: false }), own.session());
      app.get('/auth/clever', own.authenticate('clever'));
      app.get('/auth/clever/callback', own.authenticate('clever', { successRedirect: '/', failureRedirect: '/sorry' }));
      app.get('/', (request, response) => void response.json(request.user ?? null));
      app.get('/sorry', (_request, response) => void response.status(400).send('Sorry'));
      return { listener: app as RequestListener };
    },
    whoIs: async (visitor, origin) => ((await (await visitor.request(origin)).json()) as Who | null) ?? undefined,
  };
}

describeLogin(frameworkOf('express-4'));
describeLogin(frameworkOf('express'));
describeLoginInChromium(frameworkOf('express'));
