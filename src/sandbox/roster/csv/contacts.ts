import type { UserRecord } from '../records.js';
import { CONTACT_COLUMNS, type ColumnOf } from './columns.js';
import type { Row, Table } from './read-table.js';
import type { StudentGroups } from './students.js';
import { TIMES, type Upload } from './upload.js';

/** Source: Clever's SFTP instructions 2.1.1, as told by an integration written against them. */
const MOST_CONTACTS = 5;
const NEEDED = ['Contact_name', 'Contact_type'] as const satisfies readonly ColumnOf<'students.csv'>[];

interface Contact {
  readonly id: string;
  readonly row: Row;
  readonly relationships: { readonly relationship: string; readonly student: string; readonly type: string }[];
}

/**
 * Reads the contacts of students.csv, one in a row. Siblings' rows that mean the same contact make one person with several
 * relationships (observed).
 *
 * Which rows mean the same contact: those with the same `Contact_sis_id`; without one the same name and e-mail address, else name and
 * phone, else name, type, relationship and phone type. Source: as for the number of contacts.
 */
export function readContacts(upload: Upload, { groups, ids }: StudentGroups): UserRecord[] {
  const table = upload.tables['students.csv'];
  const contacts = new Map<string, Contact>();
  for (const { key, first, rows } of groups.values()) {
    const student = ids.get(key) ?? '';
    const own = new Set<string>();
    for (const row of rows.filter((candidate) => namesContact(upload, table, candidate))) {
      const identity = identityOf(table, row);
      if (own.has(identity)) {
        continue;
      }
      own.add(identity);
      const contact = contacts.get(identity) ?? { id: upload.ids.id('contact', identity), row, relationships: [] };
      contacts.set(identity, contact);
      contact.relationships.push({
        relationship: table.cell(row, 'Contact_relationship'),
        student,
        type: table.cell(row, 'Contact_type'),
      });
    }
    if (own.size > MOST_CONTACTS) {
      const text = `has ${own.size} contacts; an upload takes ${MOST_CONTACTS} of a student.`;
      upload.problems.add({ file: table.file, line: first.line, column: 'Student_id' }, text);
    }
  }
  return [...contacts.values()].map((contact) => record(upload, table, contact));
}

/** Whether a row names a contact; reports one of whom what is needed is missing (support.clever.com 115002711943). */
function namesContact({ problems }: Upload, table: Table<'students.csv'>, row: Row): boolean {
  if (CONTACT_COLUMNS.every((column) => table.cell(row, column) === '')) {
    return false;
  }
  const missing = NEEDED.filter((column) => table.cell(row, column) === '');
  for (const column of missing) {
    problems.add(
      { file: table.file, line: row.line, column },
      'is empty, but the row has a contact, who needs a name and a type.',
    );
  }
  return missing.length === 0;
}

function identityOf(table: Table<'students.csv'>, row: Row): string {
  const cell = (column: ColumnOf<'students.csv'>): string => table.cell(row, column);
  const [sisId, name, email, phone] = [
    cell('Contact_sis_id'),
    cell('Contact_name'),
    cell('Contact_email'),
    cell('Contact_phone'),
  ];
  const parts =
    sisId !== ''
      ? ['sis_id', sisId]
      : email !== ''
        ? ['email', name, email]
        : phone !== ''
          ? ['phone', name, phone]
          : ['name', name, cell('Contact_type'), cell('Contact_relationship'), cell('Contact_phone_type')];
  return JSON.stringify(parts);
}

/** The whole name is in `name.last` (observed). */
function record({ district }: Upload, table: Table<'students.csv'>, { id, row, relationships }: Contact): UserRecord {
  const email = table.cell(row, 'Contact_email');
  return {
    id,
    district,
    ...(email === '' ? {} : { email }),
    name: { last: table.cell(row, 'Contact_name') },
    roles: {
      contact: {
        phone: table.cell(row, 'Contact_phone'),
        phone_type: table.cell(row, 'Contact_phone_type'),
        sis_id: table.cell(row, 'Contact_sis_id'),
        student_relationships: relationships,
      },
    },
    ...TIMES,
  };
}
