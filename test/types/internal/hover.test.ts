import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const file = `${root}test/types/hovered.ts`;
const source = `
import { createCleverClient, type Student } from 'clever-sdk';
type Hovered = Student;
const clever = createCleverClient();
const district = clever.district({ token: '' });
const asking = clever.district({ token: '', sensitiveFields: ['frl_status', 'iep_status'] });
const direct = createCleverClient().district({ token: '' });
const app = createCleverClient({ clientId: '', clientSecret: '' });
const byId = app.district({ districtId: '', sensitiveFields: ['frl_status'] });
const older = createCleverClient({ apiVersion: 'v3.0' }).district({ token: '' });
for await (const student of district.users.list({ role: 'student' })) { const role = student.roles.student; const { grade } = role; }
for await (const user of district.users.list()) { const roles = user.roles; }
for await (const asked of asking.users.list({ role: 'student' })) { const named = asked.roles.student.frl_status; }
for await (const person of asking.users.list()) {}
for await (const event of district.events.list()) { if (event.type === 'users.updated') { const object = event.data.object; } }
export {};
`;

let service: ts.LanguageService;

/** The text that an editor shows when the pointer is over the declaration of the name. */
function hover(declaration: string): { shown: string; documentation: string } {
  const info = service.getQuickInfoAtPosition(file, source.indexOf(declaration) + declaration.lastIndexOf(' ') + 1);
  return {
    shown: ts.displayPartsToString(info?.displayParts),
    documentation: ts.displayPartsToString(info?.documentation),
  };
}

beforeAll(() => {
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(`${root}tsconfig.json`, ts.sys.readFile).config,
    ts.sys,
    root,
  );
  const read = (path: string): string | undefined => (path === file ? source : ts.sys.readFile(path));
  service = ts.createLanguageService({
    getCompilationSettings: () => options,
    getScriptFileNames: () => [file],
    getScriptVersion: () => '1',
    getScriptSnapshot: (path) => {
      const text = read(path);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    getCurrentDirectory: () => root,
    getDefaultLibFileName: (given) => ts.getDefaultLibFilePath(given),
    fileExists: (path) => read(path) !== undefined,
    readFile: read,
  });
  // Loading the sources and the libraries takes the compiler a while on a busy machine.
}, 120_000);

/** The first hover loads the whole program, which takes a busy machine a while. */
describe('hovering in an editor', { timeout: 120_000 }, () => {
  it.each([
    ['const student', 'const student: Student'],
    ['const role', 'const role: StudentRole'],
    ['const user', 'const user: User'],
    ['const roles', 'const roles: UserRoles | null | undefined'],
    ['const asked', 'const asked: StudentWith<"frl_status" | "iep_status">'],
    ['const person', 'const person: UserWith<"frl_status" | "iep_status">'],
    ['const named', 'const named: FrlStatus | null | undefined'],
    ['const object', 'const object: User'],
    ['const district', 'const district: DistrictClient<never>'],
    ['const asking', 'const asking: DistrictClient<"frl_status" | "iep_status">'],
    ['const byId', 'const byId: DistrictClient<"frl_status">'],
    ['const older', 'const older: DistrictClientV30<never>'],
  ])('%s shows a name instead of an expanded type', (declaration, shown) => {
    expect(hover(declaration).shown).toBe(shown);
  });

  it.each([
    ['createCleverClient().district', 'DistrictClient<never>'],
    ['app.district', 'DistrictClient<"frl_status">'],
    ["createCleverClient({ apiVersion: 'v3.0' }).district", 'DistrictClientV30<never>'],
  ])('%s() names the client that it makes while its options are typed', (call, client) => {
    const help = service.getSignatureHelpItems(file, source.indexOf(`${call}(`) + call.length + 1, undefined);
    const results = help?.items.map((item) => ts.displayPartsToString(item.suffixDisplayParts));
    expect(results).toEqual([`): ${client}`]);
  });

  it('shows the documentation of a student and its members', () => {
    expect(hover('type Hovered = Student')).toMatchObject({
      shown: expect.stringContaining('interface Student'),
      documentation: expect.stringMatching(/^A student: .*It has no sensitive fields/su),
    });
    expect(hover('const { grade').shown).toBe('const grade: Grade | null | undefined');
  });
});
