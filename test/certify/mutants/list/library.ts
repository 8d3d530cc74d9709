import type { Mutant } from '../mutant.ts';

const CLASSROOM = 'await keepClassroom(database, await clever.library({ token: token.access_token }).classroom());';

// biome-ignore-start lint/suspicious/noTemplateCurlyInString: texts of the sources, some of which are templates.
export const LIBRARY_MUTANTS: readonly Mutant[] = [
  {
    name: 'needs a district',
    probe: 'library.login',
    changes: [
      {
        file: 'app.ts',
        from: '    const personId = await keepPerson(database, identity);',
        to: "    if (identity.districtId === undefined) {\n      return redirect('/login');\n    }\n    const personId = await keepPerson(database, identity);",
      },
    ],
  },
  {
    name: 'reads no classes at a login',
    probe: 'library.provision-teacher',
    changes: [{ file: 'app.ts', from: CLASSROOM, to: '' }],
  },
  {
    name: 'makes an account for a student’s login only',
    probe: 'library.provision-student',
    changes: [
      {
        file: 'roster.ts',
        from: 'await keepRecords(query, [...people, ...classes]);',
        to: 'await keepRecords(query, people.length > 0 ? classes : []);',
      },
    ],
  },
  {
    name: 'needs a section',
    probe: 'library.no-sections',
    changes: [
      {
        file: 'app.ts',
        from: CLASSROOM,
        to: "const classroom = await clever.library({ token: token.access_token }).classroom();\n      if (classroom.sections.length === 0) {\n        throw new TypeError('no sections');\n      }\n      await keepClassroom(database, classroom);",
      },
    ],
  },
  {
    name: 'makes an account of a student for each teacher',
    probe: 'library.several-teachers',
    changes: [
      {
        file: 'roster.ts',
        from: 'await keepRecords(query, [...people, ...classes]);',
        to: "for (const { clever_id } of people) {\n      await query('delete from records where clever_id = $1::text', [clever_id]);\n    }\n    await keepRecords(query, [...people, ...classes]);",
      },
    ],
  },
  {
    name: 'fails for a student who comes before the teacher',
    probe: 'library.student-first',
    changes: [
      {
        file: 'app.ts',
        from: "    return redirect(returnTo, await sessions.replace(request, personId, identity.role ?? ''));",
        to: "    if (identity.connection === 'library' && identity.role === 'student' && (await sectionsOf(database, identity.id)).length === 0) {\n      throw new TypeError('no classes');\n    }\n    return redirect(returnTo, await sessions.replace(request, personId, identity.role ?? ''));",
      },
    ],
  },
  {
    name: 'reads the classes at the first login only',
    probe: 'library.refresh',
    verdict: 'review',
    changes: [
      {
        file: 'app.ts',
        from: "identity.roles.includes('teacher')) {",
        to: "identity.roles.includes('teacher') && (await sectionsOf(database, identity.id)).length === 0) {",
      },
    ],
  },
  {
    name: 'reads ten sections at most',
    probe: 'library.heavy-teacher',
    changes: [
      {
        file: 'app.ts',
        from: CLASSROOM,
        to: `const library = clever.library({ token: token.access_token });
      const teacher = await library.getTeacher(identity.id);
      const sections = (await library.listSections(identity.id).toArray({ maxItems: 1_000 })).slice(0, 10);
      const taught = [];
      for (const section of sections) {
        const people = await library.listSectionUsers(section.id).toArray({ maxItems: 1_000 });
        taught.push({ ...section, students: people.filter(({ id }) => section.students?.includes(id)) });
      }
      await keepClassroom(database, { teacher, sections: taught, students: taught.flatMap(({ students }) => students) });`,
      },
    ],
  },
  {
    name: 'needs a last name of a student',
    probe: 'library.sparse',
    changes: [
      {
        file: 'roster.ts',
        from: '    const people = students.map(({ id, name }) => ({',
        to: "    if (students.some(({ name }) => !name.last)) {\n      throw new TypeError('a student without a last name');\n    }\n    const people = students.map(({ id, name }) => ({",
      },
    ],
  },
  {
    name: 'makes a second account when the district connects',
    probe: 'library.district-wins',
    changes: [
      {
        file: 'app.ts',
        from: '    const personId = await keepPerson(database, identity);',
        to: `    const [known] = await database.query('select district_id from records where clever_id = $1::text', [identity.id]);
    const isNew = identity.districtId !== undefined && known?.['district_id'] === null;
    const personId = await keepPerson(database, isNew ? { ...identity, id: 'district ' + identity.id } : identity);`,
      },
    ],
  },
];
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: texts of the sources, some of which are templates.
