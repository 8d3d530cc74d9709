import type { CleverClient } from 'clever-sdk';
import { createRosterSync } from 'clever-sdk/sync';
import { createLmsCommand } from './assignments.ts';
import type { Database } from './database.ts';
import { deleteDistrict, keepChanges, readRoster } from './roster.ts';

/** What a command is about: `CLEVER_DISTRICT_ID` and others, as `clever-sdk certify` names them. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** Something that a timer or an operator has the app do. Returns the lines to print. */
export type Command = (variables: Variables) => Promise<readonly object[]>;

/** Makes the app's commands. */
export function createCommands(clever: CleverClient, database: Database) {
  const sync = createRosterSync({ clever, store: database, onChanges: keepChanges });

  return {
    /** Brings every connected district up to date. One that fails does not keep the others waiting. */
    async sync() {
      await sync.migrate();
      const reports: object[] = [];
      const failures: unknown[] = [];
      for (const { owner } of await clever.oauth.districtTokens()) {
        try {
          const { districtId, mode, outcome, created, updated, archived, restored } = await sync.run(owner.id);
          reports.push({ districtId, mode, outcome, created, updated, archived, restored });
        } catch (error) {
          failures.push(error);
        }
      }
      if (failures.length > 0) {
        throw new AggregateError(failures, `${failures.length} districts failed: ${failures.join(' ')}`);
      }
      return reports;
    },

    /** Returns what the app knows of people and classes. */
    async roster() {
      return readRoster(database);
    },

    /** Deletes everything of a district, at the end of its contract. */
    async purge({ CLEVER_DISTRICT_ID: districtId = '' }) {
      await sync.migrate();
      await deleteDistrict(database, districtId);
      return [await sync.purge(districtId)];
    },

    lms: createLmsCommand(clever, database),
  } satisfies Record<string, Command>;
}
