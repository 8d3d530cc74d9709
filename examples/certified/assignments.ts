import type { CleverClient } from 'clever-sdk';
import type { Command } from './commands.ts';
import type { Database } from './database.ts';

/**
 * Makes the command that creates, changes or deletes one assignment in a district's learning management system, as a
 * teacher does in an app with LMS Connect.
 */
export function createLmsCommand(clever: CleverClient, { query }: Database): Command {
  return async (variables) => {
    const { CLEVER_ASSIGNMENT: title = '', CLEVER_SECTION_ID: sectionId = '', CLEVER_DISTRICT_ID } = variables;
    const district = clever.district({ districtId: CLEVER_DISTRICT_ID ?? '' });
    const key = [sectionId, title];
    const [known] = await query(
      'select clever_id from assignments where section_id = $1::text and title = $2::text',
      key,
    );
    const id = String(known?.['clever_id'] ?? '');

    switch (variables['CLEVER_LMS_ACTION']) {
      case 'create': {
        const { isReady, obstacles } = await district.lms.check({ sectionId });
        if (!isReady) {
          throw new Error(obstacles.map(({ message }) => message).join(' '));
        }
        const due_date = inAWeek();
        const created = await district.assignments.create(sectionId, { title, description: 'Read a book.', due_date });
        // Clever cannot list assignments: without its id, this one could never be changed.
        await query('insert into assignments values ($1::text, $2::text, $3::text)', [...key, created.id]);
        return [{ created: title }];
      }
      case 'update':
        await district.assignments.update(sectionId, id, { description: 'Read two books.', due_date: inAWeek() });
        return [{ updated: title }];
      case 'delete':
        await district.assignments.delete(sectionId, id);
        await query('delete from assignments where section_id = $1::text and title = $2::text', key);
        return [{ deleted: title }];
      default:
        throw new RangeError('CLEVER_LMS_ACTION is create, update or delete.');
    }
  };
}

function inAWeek(): string {
  return new Date(Date.now() + 7 * 24 * 60 * 60 * 1_000).toISOString();
}
