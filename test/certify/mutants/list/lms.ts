import type { Mutant } from '../mutant.ts';

export const LMS_MUTANTS: readonly Mutant[] = [
  {
    name: 'writes where the district is not ready',
    probe: 'lms.ready-districts',
    changes: [{ file: 'assignments.ts', from: 'if (!isReady) {', to: 'if (!isReady && title === obstacles.join()) {' }],
  },
  {
    name: 'creates an assignment again to change it',
    probe: 'lms.patch-only',
    changes: [
      {
        file: 'assignments.ts',
        from: "await district.assignments.update(sectionId, id, { description: 'Read two books.', due_date: inAWeek() });",
        to: "await district.assignments.create(sectionId, { title, description: 'Read two books.', due_date: inAWeek() });",
      },
    ],
  },
  {
    name: 'forgets the id of an assignment',
    probe: 'lms.keeps-ids',
    changes: [{ file: 'assignments.ts', from: '[...key, created.id]', to: '[...key, title.length.toString()]' }],
  },
  {
    name: 'deletes an assignment in the app only',
    probe: 'lms.deletes',
    changes: [{ file: 'assignments.ts', from: '        await district.assignments.delete(sectionId, id);\n', to: '' }],
  },
  {
    name: 'repeats an assignment that was refused',
    probe: 'lms.refusals',
    changes: [
      {
        file: 'assignments.ts',
        from: "const created = await district.assignments.create(sectionId, { title, description: 'Read a book.', due_date });",
        to: `const request = { title, description: 'Read a book.', due_date };
        const create = () => district.assignments.create(sectionId, request);
        const created = await create().catch(create);`,
      },
    ],
  },
  {
    name: 'waits ten seconds for an assignment',
    probe: 'lms.slow-answers',
    changes: [
      {
        file: 'assignments.ts',
        from: "description: 'Read a book.', due_date });",
        to: "description: 'Read a book.', due_date }, { timeoutMs: 10_000 });",
      },
    ],
  },
];
