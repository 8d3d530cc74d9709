import { describe, expect, it } from 'vitest';
import { LayeredStore } from '../../../src/sandbox/roster/store/layered-store.js';
import { MemoryBase } from '../../../src/sandbox/roster/store/memory-base.js';

const school = (id: string, name: string) => ({ id, name });

describe('a store', () => {
  it('lists what was added and removed, each record once', () => {
    const store = new LayeredStore(
      new MemoryBase({
        district: { id: 'd' },
        schools: [school('a', 'A'), school('b', 'B'), school('c', 'C')],
        ...{ terms: [], courses: [], users: [], sections: [], resources: [], resourceAssignments: [] },
      }),
    );
    expect([...store.changes()]).toEqual([]);
    store.put('schools', school('x', 'new'));
    store.put('schools', school('b', 'first'));
    store.put('schools', school('b', 'second'));
    store.put('districts', { id: 'd', name: 'renamed' });
    store.remove('schools', 'a');
    expect([...store.changes()]).toEqual([
      { kind: 'districts', id: 'd', record: { id: 'd', name: 'renamed' } },
      { kind: 'schools', id: 'a', record: undefined },
      { kind: 'schools', id: 'b', record: { id: 'b', name: 'second' } },
      { kind: 'schools', id: 'x', record: { id: 'x', name: 'new' } },
    ]);
  });

  it('returns new results after a change, even for long lists', () => {
    const students = Array.from({ length: 700 }, (_, index) => `student${1_000 + index}`);
    const person = (id: string) => ({ id, district: 'd', name: { last: id }, roles: { student: {} } });
    const store = new LayeredStore(
      new MemoryBase({
        district: { id: 'd' },
        users: students.map(person),
        sections: [{ id: 'section', course: 'course', students: students.slice(1) }],
        courses: [{ id: 'course' }],
        resources: [{ id: 'resource', roles: ['student'] }],
        resourceAssignments: [{ resource: 'resource', courses: ['course'] }],
        ...{ schools: [], terms: [] },
      }),
    );
    const lists = [
      ['sections.users', 'section'],
      ['resources.users', 'resource'],
    ] as const;
    const count = () => lists.map(([relation, id]) => store.countRelated(relation, id));
    const first = () => lists.map(([relation, id]) => store.related(relation, id, { limit: 1 }).records[0]?.id);
    expect([count(), first()]).toEqual([
      [699, 699],
      ['student1001', 'student1001'],
    ]);
    store.put('sections', { id: 'section', course: 'course', students });
    expect([count(), first()]).toEqual([
      [700, 700],
      ['student1000', 'student1000'],
    ]);
    store.remove('users', 'student1000');
    expect([count(), first()]).toEqual([
      [699, 699],
      ['student1001', 'student1001'],
    ]);
  });
});
