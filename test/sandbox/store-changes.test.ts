import { describe, expect, it } from 'vitest';
import { MemoryStore } from '../../src/sandbox/store/memory-store.js';

const school = (id: string, name: string) => ({ id, name });

describe('a store', () => {
  it('tells what was put in and taken out, each record once', () => {
    const store = new MemoryStore({
      district: { id: 'd' },
      schools: [school('a', 'A'), school('b', 'B'), school('c', 'C')],
      ...{ terms: [], courses: [], users: [], sections: [], resources: [], resourceAssignments: [] },
    });
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
});
