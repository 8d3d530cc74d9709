import type { Grant } from '../../world/access/grants.js';
import { offers } from '../../world/people.js';
import { Refusal } from './answers.js';

/**
 * What a token may read at a path: the whole roster (`roster`), the record or district of its person
 * (`own`), what single sign-on shows of those (`basic`), or what the Library shows of a teacher's classes
 * (`library`). `undefined` means nothing: Clever answers as if the path did not exist (observed).
 */
export type Reach = 'roster' | 'own' | 'basic' | 'library';

/**
 * Decides what a token may read.
 *
 * A district-app token reads the roster; without Secure Sync it reads `/districts` only. Source:
 * dev.clever.com/docs/district-getting-started. A user token reads its person and district. The token of a
 * Library teacher reads the teacher's sections and the people in them as well, and no district. Source:
 * dev.clever.com/docs/oauth-implementation and dev.clever.com/docs/clever-library-rostering.
 *
 * @throws {@link Refusal} 404 when this kind of token may read the path, but not this record (observed for
 * Library tokens).
 */
export function reachOf(grant: Grant, path: string, id: string | undefined): Reach | undefined {
  const isBasic = grant.district.tier === 'sso';
  if (grant.kind === 'district') {
    return isBasic ? (path.startsWith('/districts') ? 'basic' : undefined) : 'roster';
  }
  // Inferred: after a disconnect the token cannot read even its person's record, as if it were not shared.
  const isShared = grant.connection === 'library' || offers(grant.district, 'district');
  const isTeacher = grant.connection === 'library' && grant.role === 'teacher';
  switch (path) {
    case '/users/{id}':
      return reachIfOwn(
        isShared && id === grant.userId,
        grant.connection === 'library' ? 'library' : isBasic ? 'basic' : 'own',
      );
    case '/districts/{id}':
      return grant.connection === 'library'
        ? undefined
        : reachIfOwn(isShared && id === grant.district.id, isBasic ? 'basic' : 'own');
    case '/users/{id}/sections':
      return isTeacher ? reachIfOwn(id === grant.userId, 'library') : undefined;
    case '/sections/{id}/users':
      return isTeacher ? reachIfOwn(teaches(grant, id ?? ''), 'library') : undefined;
    default:
      return undefined;
  }
}

function reachIfOwn(isOwn: boolean, reach: Reach): Reach {
  if (!isOwn) {
    throw new Refusal(404, 'Resource not found');
  }
  return reach;
}

function teaches({ district, userId }: Extract<Grant, { kind: 'user' }>, sectionId: string): boolean {
  const section = district.store.get('sections', sectionId);
  return section !== undefined && (section.teacher === userId || (section.teachers ?? []).includes(userId));
}
