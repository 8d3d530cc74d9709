import { showAs } from '../../redaction/index.js';
import { ResourceApi } from '../api.js';
import type { ScopeContext } from '../context.js';
import { Courses } from '../courses.js';
import { Districts } from '../districts.js';
import { Resources } from '../resources.js';
import { Schools } from '../schools.js';
import { Sections } from '../sections.js';
import { Terms } from '../terms.js';
import { Users } from '../users.js';

/**
 * Everything that a district-app token of a Secure Sync connection sees: the whole roster of one district.
 *
 * Made by `clever.district({ token })`. Each token has its own budget of 1200 requests a minute at Clever.
 */
export class DistrictClient {
  readonly districts: Districts;
  readonly schools: Schools;
  readonly courses: Courses;
  readonly terms: Terms;
  readonly sections: Sections;
  readonly users: Users;
  /** Clever's content mapping; needs an extra grant. */
  readonly resources: Resources;

  /** @internal */
  constructor(context: ScopeContext) {
    const api = new ResourceApi(context);
    this.districts = new Districts(api);
    this.schools = new Schools(api);
    this.courses = new Courses(api);
    this.terms = new Terms(api);
    this.sections = new Sections(api);
    this.users = new Users(api);
    this.resources = new Resources(api);
    showAs(this, () => ({ scopeSet: 'district', apiOrigin: context.transport.origin, apiVersion: context.apiVersion }));
    Object.freeze(this);
  }
}
