import type { Context } from 'hono';
import { holdsRole } from '../../roster/roles.js';
import { offers } from '../../world/people.js';
import { withForm } from '../body.js';
import type { Env } from '../context.js';
import { goTo, primaryDestination, toApp } from '../oauth/to-app.js';
import { consentPage } from '../pages/consent-page.js';
import { libraryPage, libraryRefusalPage } from '../pages/library-page.js';
import { foreignFormPage } from '../pages/refusal.js';
import { signInPage } from '../pages/sign-in-page.js';
import { type Admission, admit } from './admission.js';
import { isNamed } from './named-person.js';
import { isFromOwnPage } from './same-origin.js';
import { rememberConnection, type Visitor, visitorOf } from './visitor.js';

/** `GET /library`: the Clever Library, for teachers. */
export function library(context: Context<Env>): Response | Promise<Response> {
  return forTeacher(context, (teacher) => {
    if (!offers(teacher.district, 'library')) {
      return libraryPage(context, 'provided by the district');
    }
    return libraryPage(context, admitToLibrary(context, teacher).outcome === 'login' ? 'open' : 'install');
  });
}

/** `GET /library/install`: the consent screen. A link that names a teacher installs and opens the app at once. */
export function askForConsent(context: Context<Env>): Response | Promise<Response> {
  return forTeacher(context, (teacher) => {
    const isAsking = admitToLibrary(context, teacher).outcome === 'consent';
    if (isNamed(context)) {
      return isAsking ? installAndOpen(context, teacher) : open(context, teacher);
    }
    return isAsking ? consentPage(context, teacher, '/library/install') : goTo(context, '/library');
  });
}

/**
 * `POST /library/install`: the teacher's decision. `allow` installs the app and leads to its primary
 * redirect URI, without `state`. After a refusal the app receives nothing (documented), and the teacher
 * returns to the Library (inferred).
 */
export function install(context: Context<Env>): Response | Promise<Response> {
  if (!isFromOwnPage(context)) {
    return foreignFormPage(context);
  }
  return forTeacher(context, (teacher) =>
    withForm(context, ({ decision }) => {
      if (decision !== 'allow' || admitToLibrary(context, teacher).outcome !== 'consent') {
        return goTo(context, '/library');
      }
      return installAndOpen(context, teacher);
    }),
  );
}

function installAndOpen(context: Context<Env>, teacher: Visitor): Response {
  context.env.world.installs.add(teacher.district, teacher.user.id);
  return open(context, teacher);
}

/** `GET /library/open`: opens an installed app. */
export function openFromLibrary(context: Context<Env>): Response | Promise<Response> {
  return forTeacher(context, (teacher) => open(context, teacher));
}

function open(context: Context<Env>, teacher: Visitor): Response {
  const admission = admitToLibrary(context, teacher);
  if (admission.outcome !== 'login') {
    return goTo(context, '/library');
  }
  rememberConnection(context, teacher, 'library');
  return toApp(context, admission.login, primaryDestination(context));
}

/**
 * Decides by the Library only: `refused` also when the district provides the app, because its connection
 * takes precedence.
 */
function admitToLibrary(context: Context<Env>, teacher: Visitor): Admission {
  return offers(teacher.district, 'library')
    ? admit(teacher, context.env.world.installs, 'library')
    : { outcome: 'refused', reason: 'not shared' };
}

function forTeacher(
  context: Context<Env>,
  answer: (teacher: Visitor) => Response | Promise<Response>,
): Response | Promise<Response> {
  const visitor = visitorOf(context);
  if (visitor === undefined) {
    return signInPage(context, context.req.method === 'POST' ? { next: '/library' } : {});
  }
  return holdsRole(visitor.user, 'teacher')
    ? answer({ ...visitor, role: 'teacher' })
    : libraryRefusalPage(context, holdsRole(visitor.user, 'student'));
}
