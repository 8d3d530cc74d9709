import { assertKnownKeys } from '../../roster/checks.js';
import { SandboxError } from '../../roster/error.js';
import type { UserRecord } from '../../roster/records.js';
import type { RecordIds } from '../events/record-ids.js';
import type {
  ContactChange,
  ContactReplacement,
  DistrictChange,
  DistrictChanges,
  Renaming,
  RolloverChange,
} from './district-changes.js';
import { Draft } from './draft.js';
import { findSchool, findUser } from './find.js';
import {
  findRecreatable,
  isRecreatedByChanges,
  type Recreation,
  readName,
  recreated,
  renamePerson,
  transfer,
} from './people-changes.js';
import { presentChanges, showCounted } from './present.js';
import { renewSchoolYear } from './school-year.js';
import * as sections from './section-changes.js';
import type { SharedRoster } from './shared-roster.js';

/** The parts of a district that changes need. */
export interface ChangeTarget {
  readonly roster: SharedRoster;
  readonly ids: RecordIds;
  readonly clock: () => number;
}

/**
 * Makes the methods that change one district.
 *
 * @param find - Returns the present district: a reset makes a new one.
 */
export function makeChanges(find: () => ChangeTarget): DistrictChanges {
  return Object.freeze({
    enroll: change('enroll', ['student', 'section'], sections.enroll),
    unenroll: change('unenroll', ['student', 'section'], sections.unenroll),
    transfer: change('transfer', ['student', 'school', 'sections'], transfer),
    rename,
    addTeacher: change('addTeacher', ['teacher', 'section'], sections.addTeacher),
    removeTeacher: change('removeTeacher', ['teacher', 'section'], sections.removeTeacher),
    replacePrimaryTeacher: change(
      'replacePrimaryTeacher',
      ['teacher', 'section', 'keepPrevious'],
      sections.replacePrimaryTeacher,
    ),
    dissolveSection: change('dissolveSection', ['section'], sections.dissolveSection),
    startSchoolYear,
    unshareSchool: (input) => shareSchool('unshareSchool', input, false),
    shareSchool: (input) => shareSchool('shareSchool', input, true),
    recreateContact,
  } satisfies DistrictChanges);

  function draft(): Draft {
    const { roster, clock } = find();
    return new Draft(roster.own, new Date(clock()).toISOString());
  }

  function change<Input extends object>(
    name: string,
    keys: readonly (keyof Input & string)[],
    how: (draft: Draft, input: Input) => void,
  ): (input: Input) => DistrictChange {
    return (input) => {
      assertInput(name, input, keys);
      const changed = draft();
      how(changed, input);
      return presentChanges(find().roster.commit(changed.changes()));
    };
  }

  function rename(input: Renaming): DistrictChange {
    assertInput('rename', input, ['user', 'name']);
    const changed = draft();
    const user = findUser(changed, input.user);
    if (isRecreatedByChanges(user)) {
      return replace(changed, user, { name: readName(input.name) });
    }
    renamePerson(changed, user, readName(input.name));
    return presentChanges(find().roster.commit(changed.changes()));
  }

  function recreateContact(input: ContactReplacement): ContactChange {
    assertInput('recreateContact', input, ['contact', 'changes']);
    const changed = draft();
    return replace(changed, findRecreatable(changed, input), { changes: input.changes ?? {} });
  }

  function replace(changed: Draft, contact: UserRecord, how: Recreation): ContactChange {
    const { roster, ids } = find();
    const id = ids.next();
    const record = recreated(contact, id, changed.now, how);
    // Two writes in Clever's order: deleted, then created.
    const changes = [
      ...roster.write({ kind: 'users', id: contact.id, record: undefined }),
      ...roster.write({ kind: 'users', id, record }),
    ];
    return showCounted({ ...presentChanges(changes), id });
  }

  function startSchoolYear(): RolloverChange {
    const { roster, ids } = find();
    const changed = draft();
    const renewal = renewSchoolYear(changed, ids);
    const changes = roster.commit(changed.changes());
    const [terms, courses] = [Object.fromEntries(renewal.terms), Object.fromEntries(renewal.courses)];
    return showCounted({ ...presentChanges(changes), sections: Object.fromEntries(renewal.sections), courses, terms });
  }

  function shareSchool(name: string, input: { readonly school: string }, isShared: boolean): DistrictChange {
    assertInput(name, input, ['school']);
    const { roster } = find();
    const { id } = findSchool(draft(), input.school);
    if (roster.unshared.has(id) !== isShared) {
      throw new SandboxError(
        isShared ? 'The district already shares this school.' : 'The district already does not share this school.',
      );
    }
    return presentChanges(roster.share(id, isShared));
  }
}

function assertInput(name: string, input: object, keys: readonly string[]): void {
  if (typeof input !== 'object' || input === null) {
    throw new SandboxError(`\`changes.${name}()\` takes an object: { ${keys.join(', ')} }.`);
  }
  assertKnownKeys(`\`changes.${name}()\``, input, keys);
}
