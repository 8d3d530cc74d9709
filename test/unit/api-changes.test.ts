import { describe, expect, it } from 'vitest';
import { compareReports, neededKind } from '../../scripts/api-report/compare.ts';
import { covers, greatest, raiseOf } from '../../scripts/api-report/findings.ts';
import { linesOf } from '../../scripts/api-report/rule.ts';

const reportOf = (text: string, specifier = 'sdk'): string => `// The API of '${specifier}', written.\n${text}\n`;

/** What a comparison of two versions of one entry says. */
function changes(before: string, after: string): string[] {
  return linesOf(compareReports([reportOf(before)], [reportOf(after)])).map((line) => line.trim().replace(' sdk:', ''));
}

/** `Given` is what apps pass, `Got` is what they receive, `Both` is passed and received. */
const use = `
  export declare function make(given: Given, both: Both): Got;
  export declare function again(): Both;
  export interface Both { id: string }
  export interface Given { id: string }
  export interface Got { id: string }`;

describe('a change of the API', () => {
  it.each<[kind: string, before: string, after: string]>([
    [
      'major  a is no longer exported',
      'export declare const a: 1; export declare const b: 1;',
      'export declare const b: 1;',
    ],
    ['minor  b is new', 'export declare const a: 1;', 'export declare const a: 1; export declare const b: 1;'],
    ['major  A is exported as a type only', 'export declare class A {}', 'declare class A {} export type { A };'],
    ['minor  A is exported as a value, too', 'declare class A {} export type { A };', 'export declare class A {}'],
    [
      'major (?)  a is the name of something else',
      'declare const x: 1; export { x as a };',
      'declare const x: 1; declare const y: 1; export { y as a };',
    ],
    [
      'patch  sdk has other names of parameters, or what is unreachable changed',
      'export declare function f(a: 1): 1;',
      'export declare function f(b: 1): 1;',
    ],

    ['minor  f(b) is new', 'export declare function f(a: 1): 1;', 'export declare function f(a: 1, b?: 2): 1;'],
    [
      'major  f(b) is new, and required, and apps give it',
      'export declare function f(a: 1): 1;',
      'export declare function f(a: 1, b: 2): 1;',
    ],
    ['minor  f(a) is now optional', 'export declare function f(a: 1): 1;', 'export declare function f(a?: 1): 1;'],
    [
      'major  f(a) is now required, and apps give it',
      'export declare function f(a?: 1): 1;',
      'export declare function f(a: 1): 1;',
    ],
    ['major (?)  f(a) is gone', 'export declare function f(a: 1): 1;', 'export declare function f(): 1;'],
    [
      "minor  f(a) may also be 'y'",
      "export declare function f(a: 'x'): 1;",
      "export declare function f(a: 'x' | 'y'): 1;",
    ],
    [
      "major  f(a) may no longer be 'y', and apps give it",
      "export declare function f(a: 'x' | 'y'): 1;",
      "export declare function f(a: 'x'): 1;",
    ],
    [
      "major (?)  f() may also be 'y', and apps read it",
      "export declare function f(): 'x';",
      "export declare function f(): 'x' | 'y';",
    ],
    ["minor  f() may no longer be 'y'", "export declare function f(): 'x' | 'y';", "export declare function f(): 'x';"],
    [
      "minor  f() names more values: 'y'",
      "export declare function f(): 'x' | (string & {});",
      "export declare function f(): 'x' | 'y' | (string & {});",
    ],
    [
      'major (?)  f() was string, and is Date',
      'export declare function f(): string;',
      'export declare function f(): Date;',
    ],
    [
      'major (?)  f() was string, and is Date',
      'export declare function f(): Promise<string>;',
      'export declare function f(): Promise<Date>;',
    ],
    ['minor  f has more type parameters', 'export declare function f(): 1;', 'export declare function f<T = 1>(): 1;'],
    [
      'major (?)  f has other type parameters',
      'export declare function f<T>(): 1;',
      'export declare function f<T extends string>(): 1;',
    ],
    [
      'major (?)  f has other overloads',
      'export declare function f(a: 1): 1; export declare function f(a: 2): 2;',
      'export declare function f(a: 2): 2; export declare function f(a: 1): 1;',
    ],
    [
      'minor  f can be called in more ways',
      'export declare function f(a: 1): 1;',
      'export declare function f(a: 1): 1; export declare function f(a: 2): 2;',
    ],
    [
      'major  f() became readonly, and apps read it',
      'export declare function f(): 1[];',
      'export declare function f(): readonly 1[];',
    ],
    [
      'minor  f(a) became readonly',
      'export declare function f(a: 1[]): 1;',
      'export declare function f(a: readonly 1[]): 1;',
    ],

    ['major  C.a is gone', 'export declare class C { a: 1; b: 1 }', 'export declare class C { b: 1 }'],
    ['minor  C.b is new', 'export declare class C { a: 1 }', 'export declare class C { a: 1; b(): void }'],
    [
      'major  C has something private, so that only its own instances fit',
      'export declare class C { a: 1 }',
      'export declare class C { #private; a: 1 }',
    ],
    [
      'minor  new C(b) is new',
      'export declare class C { constructor(a: 1) }',
      'export declare class C { constructor(a: 1, b?: 1) }',
    ],
    ['major  C.a became readonly', 'export declare class C { a: 1 }', 'export declare class C { readonly a: 1 }'],
    [
      'major (?)  C extends something else',
      'export declare class C extends A {}',
      'export declare class C extends B {}',
    ],
    ['minor  C.static b is new', 'export declare class C { b: 1 }', 'export declare class C { b: 1; static b: 1 }'],
    ['major (?)  A is no longer an interface', 'export interface A { a: 1 }', 'export type A = { a: 1 };'],
  ])('is %s', (expected, before, after) => {
    expect(changes(before, after)).toContain(expected);
  });
});

describe('a member of an object', () => {
  it.each([
    ['Given', '{ id: string; more?: 1 }', 'minor  Given.more is new'],
    ['Given', '{ id: string; more: 1 }', 'major  Given.more is new, and required, and apps give it'],
    ['Got', '{ id: string; more: 1 }', 'minor  Got.more is new'],
    ['Both', '{ id: string; more: 1 }', 'major  Both.more is new, and required, and apps give it'],
    ['Given', '{ id?: string }', 'minor  Given.id is now optional'],
    ['Got', '{ id?: string }', 'major  Got.id is now optional, and apps read it'],
    ['Got', '{}', 'major  Got.id is gone'],
    ['Given', '{ id: string | 1 }', 'minor  Given.id may also be 1'],
    ['Got', '{ id: string | 1 }', 'major (?)  Got.id may also be 1, and apps read it'],
    ['Got', "{ id: 'a' }", "minor  Got.id is 'a' only"],
    ['Given', "{ id: 'a' }", "major  Given.id is 'a' only, and apps give it"],
  ])('of %s %s: %s', (name, members, expected) => {
    expect(changes(use, use.replace(`${name} { id: string }`, `${name} ${members}`))).toEqual([expected]);
  });

  it('is given by apps where the package calls a function of theirs that returns it', () => {
    const text = (store: string): string => `
      export declare function start(options: { store(): Store; seen(event: Event): void }): void;
      interface Event { a: 1 } interface Store ${store}`;
    const before = text('{ a: 1 }');
    expect(changes(before, text('{ a: 1; b: 1 }'))).toEqual(['major  Store.b is new, and required, and apps give it']);
    const more = before.replace('Event { a: 1 }', 'Event { a: 1; b: 1 }');
    expect(changes(before, more)).toEqual(['minor  Event.b is new']);
  });

  it('is got through a generic type, and given through one that calls back', () => {
    const text = (user: string): string => `
      export declare function list(): Page<User>; export declare function on(listener: Listener<Seen>): void;
      interface Page<T> { data: T[] } interface Listener<T> { call(value: T): void }
      export interface User ${user} export interface Seen ${user}`;
    expect(changes(text('{ a: 1 }'), text('{ a: 1; b: 1 }'))).toEqual(['minor  User.b is new', 'minor  Seen.b is new']);
  });

  it('is never given where the class has something private', () => {
    const text = (members: string): string =>
      `export declare class C { #private; ${members} } export declare function use(c: C): void;`;
    expect(changes(text('a: 1;'), text('a: 1; b: 1;'))).toEqual(['minor  C.b is new']);
  });
});

describe('several entries', () => {
  it('are compared one by one, and one that is gone is major', () => {
    const text = 'export declare const a: 1;';
    const findings = compareReports(
      [reportOf(text, 'a'), reportOf(text, 'b')],
      [reportOf(text, 'b'), reportOf(text, 'c')],
    );
    expect(linesOf(findings)).toEqual(['  major  a is gone', '  minor  c is new']);
    expect(neededKind(findings)).toBe('major');
  });

  it('see how the others use their types', () => {
    const root = (user: string): string => reportOf(`export interface User ${user}`, 'sdk');
    const sync = reportOf(`import { User } from 'sdk';\nexport declare function read(): User;`, 'sdk/sync');
    const kind = neededKind(compareReports([root('{ a: 1 }'), sync], [root('{ a: 1; b: 1 }'), sync]));
    expect(kind).toBe('minor');
  });

  it('may declare a type in another of them', () => {
    const declared = reportOf('export interface User { a: 1 }', 'sdk');
    const own = reportOf('export declare function read(): User;\ninterface User { a: 1 }', 'sdk/sync');
    const imported = reportOf(`import { User } from 'sdk';\nexport declare function read(): User;`, 'sdk/sync');
    expect(neededKind(compareReports([declared, own], [declared, imported]))).toBe('patch');
  });

  it('without a difference need no changeset', () => {
    expect(neededKind(compareReports([reportOf(use)], [reportOf(use.replaceAll(';', ';\n'))]))).toBeUndefined();
  });
});

describe('kinds', () => {
  it('have an order', () => {
    expect(greatest(['minor', 'patch'])).toBe('minor');
    expect(greatest([])).toBeUndefined();
    expect(covers('major', 'minor')).toBe(true);
    expect(covers('patch', 'minor')).toBe(false);
    expect(covers(undefined, 'patch')).toBe(false);
  });

  it.each([
    ['v1.2.3', '2.0.0', 'major'],
    ['v1.2.3', '1.3.0', 'minor'],
    ['v1.2.3', '1.2.4', 'patch'],
    ['v1.2.3', '1.2.3', undefined],
    ['v1.2.3', '1.1.9', undefined],
  ])('are how %s differs from %s', (from, to, kind) => {
    expect(raiseOf(from, to)).toBe(kind);
  });
});
