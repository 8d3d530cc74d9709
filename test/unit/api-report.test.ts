import { describe, expect, it } from 'vitest';
import { type Entry, reportFile } from '../../scripts/api-report/entries.ts';
import { reportsOf } from '../../scripts/api-report/report.ts';

const entry = (name: string, specifier: string): Entry => ({
  name,
  specifier,
  declarations: { import: `./dist/${name}.d.ts`, require: `./dist/${name}.d.cts` },
});
const root = entry('index', 'sdk');
const sync = entry('sync', 'sdk/sync');

/** The lines of the report of one entry, without the heading. */
function report(files: Readonly<Record<string, string>>, of: Entry = root): string[] {
  const entries = [root, sync].filter(({ name }) => `${name}.d.ts` in files);
  const read = (path: string): string | undefined => files[path.replace('./dist/', '')];
  const text = reportsOf(entries, read, 'import').get(of.name) ?? '';
  return text
    .split('\n')
    .slice(1)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

describe('a report', () => {
  it('has what is exported in alphabetical order, and what that names after it', () => {
    const text = `
      interface Hidden { b: string; a?: number }
      interface Unused { a: string }
      declare function second(hidden: Hidden): void;
      declare const first: 1;
      export { second, first };`;
    expect(report({ 'index.d.ts': text })).toEqual([
      'export declare const first: 1;',
      'export declare function second(hidden: Hidden): void;',
      '// Not exported, but part of what is.',
      'interface Hidden {',
      'a?: number;',
      'b: string;',
      '}',
    ]);
  });

  it('is the same for declarations in another order, with other comments and quotes', () => {
    const one = `/** A. */ export type A = 'x' | 'y' | null; export interface B { a(): A; b: { c: 1; d: 2 } }`;
    const other = `export interface B { /** D. */ b: { d: 2; c: 1 }; a(): A } export type A = null | "y" | "x";`;
    expect(report({ 'index.d.ts': one })).toEqual(report({ 'index.d.ts': other }));
    expect(report({ 'index.d.ts': one })).toContain(`export type A = 'x' | 'y' | null;`);
  });

  it('keeps the order of overloads, parameters and tuples', () => {
    const text = `export interface A { f(b: 2, a: 1): 1; f(a: string): 2 } export type T = ['b', 'a'];`;
    expect(report({ 'index.d.ts': text }).join(' ')).toBe(
      "export interface A { f(b: 2, a: 1): 1; f(a: string): 2; } export type T = [ 'b', 'a' ];",
    );
  });

  it('has nothing of what is private or internal, but that a class has something private', () => {
    const text = `
      export declare class A {
        private secret: Secret;
        /** @internal */
        inner(): Secret;
        open(): void;
      }
      interface Secret { key: string }
      export {};`;
    expect(report({ 'index.d.ts': text })).toEqual(['export declare class A {', '#private;', 'open(): void;', '}']);
  });

  it('names a thing as it is exported, whatever the file calls it', () => {
    const files = {
      'index.d.ts': `import { a as Kept } from './chunk-12345678.js';
        declare function Event$1(kept: Kept): Event;
        export { Event$1 as Event }; export { b as Fault } from './chunk-12345678.js';`,
      'chunk-12345678.d.ts': `interface Kept { fault: Fault } interface Fault { status: number } export { Kept as a, Fault as b };`,
    };
    expect(report(files)).toEqual([
      'export declare function Event(kept: Kept): Event;',
      'export interface Fault {',
      'status: number;',
      '}',
      '// Not exported, but part of what is.',
      'interface Kept {',
      'fault: Fault;',
      '}',
    ]);
  });

  it('imports what another entry or a package declares, and says no more of it', () => {
    const files = {
      'index.d.ts': `export * from './index.cjs';`,
      'index.d.cts': `export interface User { id: string } export interface Other { id: string }`,
      'sync.d.ts': `import { User as User$1 } from './index.cjs'; import * as z from 'zod';
        interface User { mine: true } export declare const read: (a: User$1, b: User) => z.ZodType;
        export { Other } from './index.cjs';`,
    };
    expect(report(files, sync)).toEqual([
      "import { User as User$imported } from 'sdk';",
      "import * as zod from 'zod';",
      "export { Other } from 'sdk';",
      'export declare const read: (a: User$imported, b: User) => zod.ZodType;',
      '// Not exported, but part of what is.',
      'interface User {',
      'mine: true;',
      '}',
    ]);
  });

  it('says that a class is exported as a type only', () => {
    const text = `declare class A { a: 1 } declare function b(): void; export type { A }; export { b as default };`;
    expect(report({ 'index.d.ts': text })).toEqual([
      'declare class A {',
      'a: 1;',
      '}',
      'declare function b(): void;',
      'export type { A };',
      'export { b as default };',
    ]);
  });

  it('is refused for an entry that was not built', () => {
    expect(() => reportsOf([root], () => undefined, 'import')).toThrow('npm run build');
  });

  it('has a file of the name of the entry', () => {
    expect(reportFile(sync)).toBe('sync.d.ts.txt');
  });
});
