import type { KnownRole } from '../../../values/index.js';
import type { Kind } from '../../roster/records.js';
import type { Relation } from '../../roster/store/store.js';

/** All records of a kind. */
export interface CollectionRoute {
  readonly answer: 'collection';
  readonly path: string;
  readonly kind: Kind;
  readonly roles?: readonly KnownRole[];
  readonly isPaged: boolean;
  readonly isCounted: boolean;
}

/** One record. */
export interface RecordRoute {
  readonly answer: 'record';
  readonly path: string;
  readonly kind: Kind;
}

/** The records that are related to one record. */
export interface RelatedListRoute {
  readonly answer: 'related list';
  readonly path: string;
  readonly kind: Kind;
  readonly relation: Relation;
  readonly roles?: readonly KnownRole[];
  readonly hasPrimary?: boolean;
  /** Another spelling of the path, the one in Clever's links (observed). */
  readonly alias?: string;
}

/** The one record to which another record refers. */
export interface RelatedRecordRoute {
  readonly answer: 'related record';
  readonly path: string;
  readonly kind: Kind;
  /** The member of the other record that holds the id. */
  readonly member: string;
  readonly target: Kind;
}

/** A path of the Data API, without the version. */
export type DataRoute = CollectionRoute | RecordRoute | RelatedListRoute | RelatedRecordRoute;

const EVERY_ROLE = ['contact', 'district_admin', 'staff', 'student', 'teacher'] as const;
const CLASS_ROLES = ['student', 'teacher'] as const;

const collection = (kind: Kind, extra: Partial<CollectionRoute> = {}): CollectionRoute => ({
  answer: 'collection',
  path: `/${kind}`,
  kind,
  isPaged: true,
  isCounted: true,
  ...extra,
});

const record = (kind: Kind): RecordRoute => ({ answer: 'record', path: `/${kind}/{id}`, kind });

const related = (relation: Relation, extra: Partial<RelatedListRoute> = {}): RelatedListRoute => {
  const [kind, list] = relation.split('.') as [Kind, string];
  return { answer: 'related list', path: `/${kind}/{id}/${list}`, kind, relation, ...extra };
};

const mine = (list: 'Contacts' | 'Students' | 'Teachers'): RelatedListRoute =>
  related(`users.${list.toLowerCase() as Lowercase<typeof list>}`, {
    path: `/users/{id}/my${list.toLowerCase()}`,
    alias: `/users/{id}/my${list}`,
  });

const one = (kind: Kind, name: string, target: Kind, member: string = name): RelatedRecordRoute => ({
  answer: 'related record',
  path: `/${kind}/{id}/${name}`,
  kind,
  member,
  target,
});

/** The 42 paths, the same in v3.0 and v3.1. Source: the official specifications; a test compares the two. */
export const DATA_ROUTES: readonly DataRoute[] = [
  collection('districts', { isPaged: false }),
  record('districts'),
  collection('schools'),
  record('schools'),
  related('schools.courses'),
  one('schools', 'district', 'districts'),
  related('schools.sections'),
  related('schools.terms'),
  related('schools.users', { roles: ['staff', 'student', 'teacher'], hasPrimary: true }),
  collection('courses'),
  record('courses'),
  one('courses', 'district', 'districts'),
  related('courses.resources'),
  related('courses.schools'),
  related('courses.sections'),
  collection('terms'),
  record('terms'),
  one('terms', 'district', 'districts'),
  related('terms.schools'),
  related('terms.sections'),
  collection('sections'),
  record('sections'),
  one('sections', 'course', 'courses'),
  one('sections', 'district', 'districts'),
  related('sections.resources'),
  one('sections', 'school', 'schools'),
  one('sections', 'term', 'terms', 'term_id'),
  related('sections.users', { roles: CLASS_ROLES }),
  collection('users', { roles: EVERY_ROLE }),
  record('users'),
  one('users', 'district', 'districts'),
  mine('Contacts'),
  mine('Students'),
  mine('Teachers'),
  related('users.resources'),
  related('users.schools', { hasPrimary: true }),
  related('users.sections'),
  collection('resources', { isCounted: false }),
  record('resources'),
  related('resources.courses'),
  related('resources.sections'),
  related('resources.users', { roles: CLASS_ROLES }),
];
