import { describe, expect, it } from 'vitest';
import { columnsOf, type Described, narrowed } from '../../src/cli/commands/pull/columns.js';
import { csv } from '../../src/cli/commands/pull/format.js';
import { PULLABLE } from '../../src/cli/commands/pull/resources.js';
import { userSchema } from '../../src/schemas/index.js';

describe('the columns', () => {
  it('are the documented members, in the order of the schema', () => {
    const columns = columnsOf(userSchema as unknown as Described);
    expect(columns.slice(0, 6)).toEqual(['id', 'district', 'name.first', 'name.middle', 'name.last', 'email']);
    expect(columns).toEqual(
      expect.arrayContaining([
        'roles.student.grade',
        'roles.student.location.zip',
        'roles.student.ext',
        'roles.staff.schools',
      ]),
    );
    expect(new Set(columns).size).toBe(columns.length);
  });

  it.each(Object.entries(PULLABLE))('of %s begin with the id', (_, { columns }) => {
    expect(columns[0]).toBe('id');
  });

  it('are narrowed to a role and to the requested sensitive fields', () => {
    const all = columnsOf(userSchema as unknown as Described);
    const sensitive = narrowed(all, 'student', []);
    expect(sensitive.some((column) => column.startsWith('roles.teacher'))).toBe(false);
    expect(sensitive.join()).not.toMatch(/frl_status|disability|home_language/u);
    expect(narrowed(all, undefined, ['disability'])).toContain('roles.student.disability.disability_type');
    expect(narrowed(all, undefined, ['home_language'])).not.toContain('roles.student.home_language_code');
    expect(narrowed(all, undefined, 'all')).toEqual(all);
  });
});

describe('the cells', () => {
  const linesOf = (record: object): string => csv(['id', 'a.b', 'list', 'flag']).lines([record]);

  it.each([
    [{ id: '1', a: { b: 'x' }, list: ['y', 'z'], flag: true }, '1,x,"[""y"",""z""]",true,\n'],
    [{ id: '1', a: { b: null }, list: [] }, '1,,[],,\n'],
    [{ id: '1', a: { b: 'say "hi", \n now' } }, '1,"say ""hi"", \n now",,,\n'],
    [{ id: '1', a: { b: -5 }, flag: false }, '1,-5,,false,\n'],
  ])('%j', (record, line) => {
    expect(linesOf(record)).toBe(line);
  });

  it.each(['=1+1', '+49 30', '-2', '@SUM(A1)', '\tx', '\rx', '＝1'])('a spreadsheet runs no formula: %j', (text) => {
    expect(linesOf({ id: '1', a: { b: text } })).toMatch(new RegExp(`^1,"?'${text[0] === '+' ? '\\+' : text[0]}`, 'u'));
  });

  it('a member without a column goes into the last column, so that nothing is lost', () => {
    expect(linesOf({ id: '1', a: { b: 'x', c: 'new' }, more: 1 })).toBe('1,x,,,"{""a"":{""c"":""new""},""more"":1}"\n');
    expect(linesOf({ id: '1', a: 'text' })).toBe('1,,,,"{""a"":""text""}"\n');
    expect(csv(['id']).head).toBe('id,other\n');
  });
});
