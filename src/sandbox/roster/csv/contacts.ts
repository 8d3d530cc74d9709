import type { UserRecord } from '../records.js';
import { TIMES } from '../uploaded-district.js';
import type { ColumnOf } from './columns.js';
import { identifyingAddress, identifyingId, identifyingPhone } from './identity.js';
import type { Row, Table } from './read-table.js';
import type { Student } from './students.js';
import type { Upload } from './upload.js';

type Students = Table<'students.csv'>;

interface Contact {
  readonly id: string;
  readonly row: Row;
  readonly relationships: { readonly relationship: string; readonly student: string; readonly type: string }[];
}

/**
 * Reads the contacts of students.csv; each row holds at most one. When the rows of siblings name the same
 * contact, they become one person with several relationships (observed).
 *
 * By what Clever knows that two rows name the same contact is documented for `Contact_sis_id` only
 * (dev.clever.com/docs/student-contacts); the rest is inferred. Without an id, the rows need the same name, and the
 * same e-mail address or else telephone number. A contact without any of them is known within one student only.
 */
export function readContacts(upload: Upload, students: ReadonlyMap<string, Student>): UserRecord[] {
  const table = upload.tables['students.csv'];
  const contacts = new Map<string, Contact>();
  for (const { record, rows } of students.values()) {
    const own = new Map<string, Row>();
    for (const row of rows.filter((candidate) => namesContact(upload, table, candidate))) {
      const identity = identityOf(table, row, record.id);
      const earlier = own.get(identity);
      if (earlier !== undefined) {
        reportRepeated(upload, table, earlier, row);
        continue;
      }
      own.set(identity, row);
      const contact = contacts.get(identity) ?? { id: upload.ids.id('contact', identity), row, relationships: [] };
      contacts.set(identity, contact);
      contact.relationships.push({
        relationship: table.cell(row, 'Contact_relationship'),
        student: record.id,
        type: table.cell(row, 'Contact_type'),
      });
    }
  }
  return [...contacts.values()].map((contact) => recordOf(upload, table, contact));
}

/**
 * Whether a row names a contact, which needs a name and a type (SFTP instructions 2.1.1). Columns that have the same
 * value in every row, such as the type, name no contact: exporters write them for students without contacts, too.
 */
function namesContact({ problems }: Upload, table: Students, row: Row): boolean {
  const place = { file: table.file, line: row.line };
  if (table.cell(row, 'Contact_name') === '') {
    const address = identifyingAddress(table.cell(row, 'Contact_email'));
    const phone = identifyingPhone(table.cell(row, 'Contact_phone'));
    if (address !== undefined || phone !== undefined) {
      const text = 'is empty, but the row has an e-mail address or a telephone number; a contact needs a name.';
      problems.add({ ...place, column: 'Contact_name' }, text);
    }
    return false;
  }
  const hasType = table.cell(row, 'Contact_type') !== '';
  if (!hasType) {
    const text = 'is empty, but the row names a contact; a contact needs a type.';
    problems.add({ ...place, column: 'Contact_type' }, text);
  }
  return hasType;
}

function identityOf(table: Students, row: Row, student: string): string {
  const cell = (column: ColumnOf<'students.csv'>): string => table.cell(row, column);
  const name = cell('Contact_name');
  const sisId = identifyingId(cell('Contact_sis_id'));
  const address = identifyingAddress(cell('Contact_email'));
  const phone = identifyingPhone(cell('Contact_phone'));
  const parts =
    sisId !== undefined
      ? ['sis_id', sisId]
      : address !== undefined
        ? ['email', name, address]
        : phone !== undefined
          ? ['phone', name, phone]
          : ['student', student, name, cell('Contact_type'), cell('Contact_relationship'), cell('Contact_phone_type')];
  return JSON.stringify(parts);
}

/** Reports a second contact of one student with the id of the first. */
function reportRepeated({ problems }: Upload, table: Students, earlier: Row, row: Row): void {
  if (table.cell(earlier, 'Contact_name').toLowerCase() !== table.cell(row, 'Contact_name').toLowerCase()) {
    problems.add(
      { file: table.file, line: row.line, column: 'Contact_sis_id' },
      `repeats the contact's id of line ${earlier.line}, which has another name; give every contact an id of their own.`,
    );
  }
}

/** The whole name is in `name.last` (observed). */
function recordOf({ district }: Upload, table: Students, { id, row, relationships }: Contact): UserRecord {
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
