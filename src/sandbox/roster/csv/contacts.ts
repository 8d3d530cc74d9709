import type { UserRecord } from '../records.js';
import { CONTACT_COLUMNS, type ColumnOf } from './columns.js';
import type { Row, Table } from './read-table.js';
import type { StudentGroups } from './students.js';
import { TIMES, type Upload } from './upload.js';

/** Source: Clever's SFTP instructions 2.1.1, as quoted by an integration written to follow them. */
const MAX_CONTACTS = 5;
const NEEDED = ['Contact_name', 'Contact_type'] as const satisfies readonly ColumnOf<'students.csv'>[];

interface Contact {
  readonly id: string;
  readonly row: Row;
  readonly relationships: { readonly relationship: string; readonly student: string; readonly type: string }[];
}

/**
 * Reads the contacts of students.csv; each row holds at most one. When the rows of siblings name the same
 * contact, they become one person with several relationships (observed).
 *
 * Rows name the same contact when they have the same `Contact_sis_id`. Without one, they need the same name
 * and e-mail address; without an address, the same name and phone; otherwise the same name, type,
 * relationship and phone type. The source is the one of the limit on contacts.
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
    if (own.size > MAX_CONTACTS) {
      const text = `has ${own.size} contacts; an upload takes at most ${MAX_CONTACTS} per student.`;
      upload.problems.add({ file: table.file, line: first.line, column: 'Student_id' }, text);
    }
  }
  return [...contacts.values()].map((contact) => record(upload, table, contact));
}

/**
 * Whether a row names a contact. Reports a contact without a name or a type (support.clever.com
 * 115002711943).
 */
function namesContact({ problems }: Upload, table: Table<'students.csv'>, row: Row): boolean {
  if (CONTACT_COLUMNS.every((column) => table.cell(row, column) === '')) {
    return false;
  }
  const missing = NEEDED.filter((column) => table.cell(row, column) === '');
  for (const column of missing) {
    problems.add(
      { file: table.file, line: row.line, column },
      'is empty, but the row has a contact, and a contact needs a name and a type.',
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
