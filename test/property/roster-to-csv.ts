import type { Cells, Rows } from '../sandbox/csv/upload.js';

/** A record, as it came from the API. */
export type Item = Readonly<Record<string, unknown>> & { readonly id: string };

/** The lists of a district, as the API serves them. */
export interface Lists {
  readonly schools: readonly Item[];
  readonly users: readonly Item[];
  readonly sections: readonly Item[];
  readonly courses: readonly Item[];
  readonly terms: readonly Item[];
}

type Text = Readonly<Record<string, string>>;
type Role = Text & { readonly schools: readonly string[]; readonly location: Text; readonly credentials: Text };
interface Person {
  readonly id: string;
  readonly email?: string;
  readonly name: Text;
  readonly roles: {
    readonly student?: Role;
    readonly teacher?: Role;
    readonly staff?: Role;
    readonly contact?: Contact;
  };
}
type Contact = Text & {
  readonly student_relationships: readonly {
    readonly student: string;
    readonly relationship: string;
    readonly type: string;
  }[];
};

/** Drops missing members: each becomes an empty cell. */
const cellsOf = (cells: Readonly<Record<string, string | undefined>>): Cells =>
  Object.fromEntries(Object.entries(cells).map(([column, cell]) => [column, cell ?? '']));

/** Writes a district as the CSV files that would have been uploaded for it. */
export function rosterToCsv({ schools, users, sections, courses, terms }: Lists): Rows {
  const sisIds = new Map([...schools, ...users].map((record) => [record.id, sisIdOf(record)]));
  const people = users as unknown as readonly Person[];
  const school = (id: string): string => sisIds.get(id) ?? '';
  const rowsFor = (role: Role, cells: Readonly<Record<string, string | undefined>>): Cells[] =>
    role.schools.map((id) => cellsOf({ School_id: school(id), ...cells }));
  const contacts = contactsByStudent(people);
  return {
    'schools.csv': schools.map((record) => {
      const { location, principal, ...own } = record as unknown as Text & {
        readonly location: Text;
        readonly principal: Text;
      };
      return cellsOf({
        ...{ School_id: own['sis_id'], School_name: own['name'], School_number: own['school_number'] },
        ...{ State_id: own['state_id'], Low_grade: own['low_grade'], High_grade: own['high_grade'] },
        ...{ Principal: principal['name'], Principal_email: principal['email'], School_phone: own['phone'] },
        ...{ School_address: location['address'], School_city: location['city'], School_zip: location['zip'] },
      });
    }),
    'students.csv': people.flatMap(({ id, roles: { student: role }, ...person }) => {
      if (role === undefined) {
        return [];
      }
      const [first = {}, ...others] = rowsFor(role, studentCells(person, role));
      const [contact = {}, ...further] = contacts.get(id) ?? [];
      return [{ ...first, ...contact }, ...further.map((more) => ({ ...first, ...more })), ...others];
    }),
    'teachers.csv': people.flatMap(({ roles: { teacher: role }, ...person }) =>
      role === undefined
        ? []
        : rowsFor(role, {
            ...{
              Teacher_id: role['sis_id'],
              Teacher_number: role['teacher_number'],
              State_teacher_id: role['state_id'],
            },
            ...{ Teacher_email: person.email, Title: role['title'], Username: role.credentials['district_username'] },
            ...{ First_name: person.name['first'], Middle_name: person.name['middle'], Last_name: person.name['last'] },
          }),
    ),
    'staff.csv': people.flatMap(({ roles: { staff: role }, ...person }) =>
      role === undefined || (person.email ?? '') === ''
        ? []
        : rowsFor(role, {
            ...{
              Staff_id: role['staff_id'],
              Staff_email: person.email,
              Title: role['title'],
              Department: role['department'],
            },
            ...{ First_name: person.name['first'], Last_name: person.name['last'] },
          }),
    ),
    'sections.csv': sections.map((record) => {
      const section = record as unknown as Text & { readonly teachers: readonly string[] };
      const named = (list: readonly Item[], id: string | undefined): Partial<Text> =>
        (list.find((item) => item.id === id) ?? {}) as Partial<Text>;
      const [course, term] = [named(courses, section['course']), named(terms, section['term_id'])];
      const teachers = section.teachers.map((id, index) => [
        index === 0 ? 'Teacher_id' : `Teacher_${index + 1}_id`,
        sisIds.get(id),
      ]);
      return cellsOf({
        ...{
          School_id: school(section['school'] ?? ''),
          Section_id: section['sis_id'],
          ...Object.fromEntries(teachers),
        },
        ...{
          Section_number: section['section_number'],
          Grade: section['grade'],
          Period: section['period'],
          Subject: section['subject'],
        },
        ...{ Course_name: course['name'], Course_number: course['number'] },
        ...{ Term_name: term['name'], Term_start: term['start_date'], Term_end: term['end_date'] },
      });
    }),
    'enrollments.csv': sections.flatMap((section) =>
      (section['students'] as readonly string[]).map((id) =>
        cellsOf({
          School_id: school(section['school'] as string),
          Section_id: section['sis_id'] as string,
          Student_id: sisIds.get(id),
        }),
      ),
    ),
  };
}

function studentCells(
  { name, email }: Omit<Person, 'id' | 'roles'>,
  role: Role,
): Readonly<Record<string, string | undefined>> {
  return {
    ...{
      Student_id: role['sis_id'],
      Student_number: role['student_number'],
      State_id: role['state_id'],
      Student_email: email,
    },
    ...{ First_name: name['first'], Middle_name: name['middle'], Last_name: name['last'], Grade: role['grade'] },
    ...{ Gender: role['gender'], DOB: role['dob'], Race: role['race'], Hispanic_Latino: role['hispanic_ethnicity'] },
    ...{ Graduation_year: role['graduation_year'], Username: role.credentials['district_username'] },
    ...{ Student_zip: role.location['zip'], Ell_status: role['ell_status'], Frl_status: role['frl_status'] },
    ...{ Home_language: role['home_language'], IEP_status: role['iep_status'], Gifted_status: role['gifted_status'] },
  };
}

function contactsByStudent(people: readonly Person[]): Map<string, Cells[]> {
  const found = new Map<string, Cells[]>();
  for (const { name, email, roles } of people) {
    const contact = roles.contact;
    for (const { student, relationship, type } of contact?.student_relationships ?? []) {
      const cells = cellsOf({
        ...{ Contact_name: name['last'], Contact_email: email, Contact_relationship: relationship, Contact_type: type },
        ...{
          Contact_phone: contact?.['phone'],
          Contact_phone_type: contact?.['phone_type'],
          Contact_sis_id: contact?.['sis_id'],
        },
      });
      found.set(student, [...(found.get(student) ?? []), cells]);
    }
  }
  return found;
}

/** The id that the district itself assigned, which stays the same in a new upload. */
export function sisIdOf(record: Item): string {
  const { roles, name, email } = record as unknown as Person;
  const role = roles?.student ?? roles?.teacher;
  return String(role?.['sis_id'] ?? roles?.staff?.['staff_id'] ?? record['sis_id'] ?? `${name['last']} ${email ?? ''}`);
}
