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

  it('a formula stays as it is on request, and is counted otherwise', () => {
    const [guarding, keeping] = [csv(['id', 'a']), csv(['id', 'a'], { keepsFormulas: true })];
    const rows = [
      { id: '1', a: '=1+1' },
      { id: '2', a: 'plain' },
      { id: '3', a: '+49 30' },
    ];
    expect([keeping.lines(rows), keeping.guarded]).toEqual(['1,=1+1,\n2,plain,\n3,+49 30,\n', 0]);
    expect([guarding.lines(rows), guarding.guarded]).toEqual(["1,'=1+1,\n2,plain,\n3,'+49 30,\n", 2]);
  });

  it('for Excel, the file has a mark and its line ends, also where a cell has a line end', () => {
    const { head, lines } = csv(['id', 'a'], { excel: true });
    expect(head).toBe('\ufeffid,a,other\r\n');
    expect(lines([{ id: 'x', a: 'é\nü' }])).toBe('x,"é\nü",\r\n');
  });

  it.each([
    ...['007', '0012345', '1234567890123', '12E3', '58e812345678901234567890', '3-4', '1/12/2010', '2010-12-01'],
    ...['12.50', '8:30', '8:30 am', '1.', 'MAR1', 'Dec 5', '5-Dec', '1,000'],
  ])('for Excel, %s is a text', (text) => {
    const quoted = `=""${text}""`;
    expect(csv(['id'], { excel: true }).lines([{ id: text }])).toBe(`"${quoted}",\r\n`);
    expect(csv(['id']).lines([{ id: text }])).toBe(text.includes(',') ? `"${text}",\n` : `${text},\n`);
  });

  it.each(['0', '7', '12345678901', 'Grade 9', '58da8c63d7dc0ca068000000', 'PreKindergarten', 'March', 'a"b', '1"2'])(
    'for Excel, %s needs no change',
    (text) => {
      const plain = csv(['id']).lines([{ id: text }]);
      expect(csv(['id'], { excel: true }).lines([{ id: text }])).toBe(plain.replace('\n', '\r\n'));
    },
  );

  it('for Excel, a formula is guarded all the same, and a number stays a number', () => {
    const { lines } = csv(['a', 'b'], { excel: true });
    expect(lines([{ a: '=1+1', b: 7 }])).toBe("'=1+1,7,\r\n");
  });

  it('a member without a column goes into the last column, so that nothing is lost', () => {
    expect(linesOf({ id: '1', a: { b: 'x', c: 'new' }, more: 1 })).toBe('1,x,,,"{""a"":{""c"":""new""},""more"":1}"\n');
    expect(linesOf({ id: '1', a: 'text' })).toBe('1,,,,"{""a"":""text""}"\n');
    expect(csv(['id']).head).toBe('id,other\n');
  });
});
