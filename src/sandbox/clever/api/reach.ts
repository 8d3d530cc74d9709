import type { Grant } from '../../world/access/grants.js';
import { offers } from '../../world/people.js';
import { Refusal } from './answers.js';

/**
 * How much of a path a token reaches: the whole roster, a person's own record or district, what single sign-on takes of those, or
 * what the Library shows of a teacher's classes. `undefined`: nothing, which Clever answers like a path that does not exist (observed).
 */
export type Reach = 'roster' | 'own' | 'basic' | 'library';

/**
 * Decides what a token reaches.
 *
 * A district-app token has the roster, and without Secure Sync `/districts` alone. Source: dev.clever.com/docs/district-getting-started.
 * A user token has its own person and district; a Library teacher's also the own sections and the people in them, and no
 * district. Source: dev.clever.com/docs/oauth-implementation and dev.clever.com/docs/clever-library-rostering.
 *
 * @throws {@link Refusal} 404 when the kind of token is right and the record is not its own (observed for Library tokens).
 */
export function reachOf(grant: Grant, path: string, id: string | undefined): Reach | undefined {
  const isBasic = grant.district.tier === 'sso';
  if (grant.kind === 'district') {
    return isBasic ? (path.startsWith('/districts') ? 'basic' : undefined) : 'roster';
  }
  // Inferred: after a disconnect even the own record is out of reach, as a record that is not shared.
  const isShared = grant.connection === 'library' || offers(grant.district, 'district');
  const isTeacher = grant.connection === 'library' && grant.role === 'teacher';
  switch (path) {
    case '/users/{id}':
      return own(
        isShared && id === grant.userId,
        grant.connection === 'library' ? 'library' : isBasic ? 'basic' : 'own',
      );
    case '/districts/{id}':
      return grant.connection === 'library'
        ? undefined
        : own(isShared && id === grant.district.id, isBasic ? 'basic' : 'own');
    case '/users/{id}/sections':
      return isTeacher ? own(id === grant.userId, 'library') : undefined;
    case '/sections/{id}/users':
      return isTeacher ? own(teaches(grant, id ?? ''), 'library') : undefined;
    default:
      return undefined;
  }
}

function own(isOwn: boolean, reach: Reach): Reach {
  if (!isOwn) {
    throw new Refusal(404, 'Resource not found');
  }
  return reach;
}

function teaches({ district, userId }: Extract<Grant, { kind: 'user' }>, sectionId: string): boolean {
  const section = district.store.get('sections', sectionId);
  return section !== undefined && (section.teacher === userId || (section.teachers ?? []).includes(userId));
}
