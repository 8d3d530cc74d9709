import type { ApiVersion, ClientContext } from '../../api/context.js';
import { ResourceApi } from '../../api/resource-api.js';
import { CleverConfigError } from '../../errors/index.js';
import { defineInspect } from '../../privacy/index.js';
import { keysOf } from '../../util/keys-of.js';
import type { SensitiveField } from '../../values/index.js';
import { Assignments } from '../assignments.js';
import { Attendance } from '../attendance.js';
import { Courses } from '../courses.js';
import { Districts } from '../districts.js';
import { Events } from '../events.js';
import { Lms } from '../lms.js';
import { Resources } from '../resources.js';
import { Schools } from '../schools.js';
import { Sections } from '../sections.js';
import { Submissions } from '../submissions.js';
import { Terms } from '../terms.js';
import { Users } from '../users.js';

/**
 * Reads everything that a district-app token of a Secure Sync connection gives access to in API v3.0: the
 * whole roster of one district and its changes. Created by `clever.district({ token })` of a client with
 * `apiVersion: 'v3.0'`; for v3.1 see {@link DistrictClient}.
 *
 * Each token has its own budget of 1200 requests a minute at Clever.
 *
 * @typeParam Sensitive - The sensitive fields that students have, by name. Default: none.
 */
export class DistrictClientV30<Sensitive extends SensitiveField = never> {
  readonly districts: Districts;
  readonly schools: Schools<Sensitive>;
  readonly courses: Courses;
  readonly terms: Terms;
  readonly sections: Sections<Sensitive>;
  readonly users: Users<Sensitive>;
  /** Clever's content mapping; needs an extra grant. */
  readonly resources: Resources<Sensitive>;
  /** The changes of the last 30 days. Off until the app enables events. */
  readonly events: Events<Sensitive>;

  /** @internal */
  constructor(context: ClientContext, api = new ResourceApi(context)) {
    this.districts = new Districts(api);
    this.schools = new Schools(api);
    this.courses = new Courses(api);
    this.terms = new Terms(api);
    this.sections = new Sections(api);
    this.users = new Users(api);
    this.resources = new Resources(api);
    this.events = new Events(api, context);
    defineInspect(this, () => ({
      client: 'district',
      apiOrigin: context.transport.origin,
      apiVersion: context.apiVersion,
    }));
  }
}

/**
 * Reads everything that a district-app token of a Secure Sync connection gives access to: the whole roster
 * of one district, its changes, LMS Connect and attendance.
 *
 * Created by `clever.district({ token })`. Each token has its own budget of 1200 requests a minute at Clever.
 *
 * @typeParam Sensitive - The sensitive fields that students have, by name. Default: none.
 */
export class DistrictClient<Sensitive extends SensitiveField = never> extends DistrictClientV30<Sensitive> {
  /** Checks whether LMS Connect is ready, and what is missing if not. */
  readonly lms: Lms;
  /** Assignments in the district's learning management system. Needs LMS Connect. */
  readonly assignments: Assignments;
  /** The work that students submitted, with its grades. Needs LMS Connect. */
  readonly submissions: Submissions;
  /** The attendance of students. A preview by Clever; needs its own scope. */
  readonly attendance: Attendance;

  /** @internal */
  constructor(context: ClientContext) {
    const api = new ResourceApi(context);
    super(context, api);
    this.lms = new Lms(api);
    this.assignments = new Assignments(api);
    this.submissions = new Submissions(api);
    this.attendance = new Attendance(api);
  }
}

/** The district client of an API version; of either one if the compiler does not know the version. */
export type DistrictClientOf<Version extends ApiVersion, Sensitive extends SensitiveField = never> = [Version] extends [
  'v3.1',
]
  ? DistrictClient<Sensitive>
  : DistrictClientV30<Sensitive>;

/** The resources that API v3.1 added. */
const SINCE_V31 = ['lms', 'assignments', 'submissions', 'attendance'] as const satisfies readonly Exclude<
  keyof DistrictClient,
  keyof DistrictClientV30
>[];

/**
 * Creates the district client for the context's API version. With v3.0, accessing a resource of v3.1 throws
 * an error that explains this; the type does not have the resource either.
 */
export function createDistrictClient<Sensitive extends SensitiveField>(
  context: ClientContext,
): DistrictClientV30<Sensitive> {
  if (context.apiVersion === 'v3.1') {
    return Object.freeze(new DistrictClient<Sensitive>(context));
  }
  const client = new DistrictClientV30<Sensitive>(context);
  for (const name of SINCE_V31) {
    Object.defineProperty(client, name, {
      get() {
        throw new CleverConfigError(
          `\`${name}\` needs API v3.1, but this client uses v3.0: create it without \`apiVersion\`, or with 'v3.1'.`,
        );
      },
    });
  }
  return Object.freeze(client);
}

const RESOURCES = keysOf<DistrictClient>()({
  districts: true,
  schools: true,
  courses: true,
  terms: true,
  sections: true,
  users: true,
  resources: true,
  events: true,
  lms: true,
  assignments: true,
  submissions: true,
  attendance: true,
});

/** Returns an object in the place of a district client that does not exist yet. Reading a resource of it makes it. */
export function deferDistrictClient<Sensitive extends SensitiveField>(
  real: () => object,
): DistrictClientV30<Sensitive> {
  const client = {};
  for (const name of RESOURCES) {
    Object.defineProperty(client, name, { enumerable: true, get: () => (real() as DistrictClient)[name] });
  }
  defineInspect(client, () => ({ client: 'district', options: 'read at the first use' }));
  return Object.freeze(client) as DistrictClientV30<Sensitive>;
}
