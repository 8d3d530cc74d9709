import { getRequestListener } from '@hono/node-server';
import { type CleverClient, createCleverClient, type LoginOptions, type LoginResult } from 'clever-sdk';
import type { PeopleQuery, SandboxPerson } from 'clever-sdk/sandbox';
import { createApp } from '../../examples/web/app.js';
import { type Stage, setStage } from '../adapters/stage.js';

/** The example app, its sandbox, and what its `onLogin` received. */
export interface BrowserStage extends Stage {
  /** Every login so far, the latest last. */
  readonly logins: LoginResult[];
  /** Awaited before the app sees a callback; set by a test that needs two callbacks at the same time. */
  beforeCallback: ((request: Request) => Promise<void>) | undefined;
}

/** Serves the example app unchanged and records the calls of its `onLogin`. */
export async function setBrowserStage(): Promise<BrowserStage> {
  const ears: Pick<BrowserStage, 'logins' | 'beforeCallback'> = { logins: [], beforeCallback: undefined };
  const stage = await setStage((options) => {
    const app = createApp({ ...options, clever: listening(options.clever, ears.logins) });
    const answer = async (request: Request): Promise<Response> => {
      if (new URL(request.url).pathname === '/auth/clever/callback') {
        await ears.beforeCallback?.(request);
      }
      return app.fetch(request);
    };
    return getRequestListener(answer, { overrideGlobalObjects: false });
  });
  return Object.assign(ears, stage);
}

function listening(clever: CleverClient, logins: LoginResult[]): CleverClient {
  const login = (options: LoginOptions) =>
    clever.login({
      ...options,
      onLogin(result) {
        logins.push(result);
        return options.onLogin(result);
      },
    });
  return Object.create(clever, { login: { value: login } }) as CleverClient;
}

/** The role as the app displays it. */
export const ROLES = {
  student: 'Student',
  teacher: 'Teacher',
  staff: 'School admin',
  district_admin: 'District admin',
} as const;

/** A role that can log in. */
export type Role = keyof typeof ROLES;

/** A person who holds only this role, and whose name no one else has. */
export function personWith({ sandbox }: Stage, query: PeopleQuery & { readonly role: Role }): SandboxPerson {
  const people = sandbox.people({ limit: 10_000 });
  const isUnique = (person: SandboxPerson): boolean =>
    people.filter((other) => fullName(other) === fullName(person)).length === 1;
  const person = sandbox
    .people({ limit: 1_000, ...query })
    .find((candidate) => candidate.roles.length === 1 && isUnique(candidate));
  if (person === undefined) {
    throw new Error(`The sandbox has no person who is only a ${query.role}.`);
  }
  return person;
}

/** First and last name. */
export function fullName({ name }: SandboxPerson): string {
  return [name.first, name.last].filter(Boolean).join(' ');
}

/** A teacher who can log in only through the Library, and one of their students. */
export async function libraryClass(stage: Stage): Promise<{ teacher: SandboxPerson; student: SandboxPerson }> {
  const { sandbox } = stage;
  const teacher = personWith(stage, { role: 'teacher', connection: 'library', hasSections: true });
  const token = sandbox.userToken({ user: teacher.id, connection: 'library' });
  const { students } = await createCleverClient({ ...sandbox.clientOptions() })
    .library({ token })
    .classroom();
  const ids = new Set(students.map(({ id }) => id));
  const student = sandbox.people({ role: 'student', connection: 'library' }).find(({ id }) => ids.has(id));
  if (student === undefined) {
    throw new Error('The teacher has no student.');
  }
  return { teacher, student };
}
