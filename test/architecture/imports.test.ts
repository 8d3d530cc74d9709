import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { VERSION } from '../../src/version.js';
import { circlesOf } from './circles.js';
import { factsOf, readSources, type SourceFacts } from './imports.js';
import { ROOMS, RULES, unusedPermissions, violations } from './rules.js';

const sources = readSources();

describe('the import rules of src/', () => {
  it('hold in every file', () => {
    expect(sources.length).toBeGreaterThan(20);
    expect(sources.flatMap(violations)).toEqual([]);
  });

  it('name only parts that exist', () => {
    const parts = new Set(sources.map(({ path }) => path.split('/')[1]));
    expect(Object.keys(RULES).filter((part) => !parts.has(part))).toEqual([]);
  });

  it('name only rooms that exist', () => {
    const missing = Object.keys(ROOMS).filter((key) => {
      const start = `src/${key.replace('*', '')}`;
      return !sources.some(({ path }) => path.startsWith(start));
    });
    expect(missing).toEqual([]);
  });

  it('permit nothing that no file uses', () => {
    expect(unusedPermissions(sources)).toEqual([]);
  });

  it.each([
    ['a static import', 'src/errors/api.ts', "import { get } from '../transport/send.js';"],
    ['a re-export', 'src/errors/api.ts', "export * from '../transport/send.js';"],
    ['a dynamic import', 'src/errors/api.ts', "const http = await import('../transport/send.js');"],
    ['an import for its effect', 'src/errors/api.ts', "import '../transport/send.js';"],
    ['an import of types', 'src/errors/api.ts', "import type { Get } from '../transport/send.js';"],
    ['a type in place', 'src/errors/api.ts', "let get: import('../transport/send.js').Get;"],
    ['a lower layer asking a higher one', 'src/transport/send.ts', "import { list } from '../pagination/index.js';"],
    ['oauth asking resources', 'src/oauth/me.ts', "import { users } from '../resources/users.js';"],
    ['resources asking oauth', 'src/resources/users.ts', "import { me } from '../oauth/index.js';"],
    ['schemas asking errors', 'src/schemas/user.ts', "import { CleverError } from '../errors/index.js';"],
    ['ky outside transport', 'src/resources/users.ts', "import ky from 'ky';"],
    ['types of ky outside transport', 'src/config.ts', "import type { Options } from 'ky';"],
    ['oauth4webapi outside oauth', 'src/transport/send.ts', "import * as oauth from 'oauth4webapi';"],
    ['a schema before it is needed', 'src/records/deliver.ts', "import { explainRecord } from '../schemas/record.js';"],
    ['a schema in the resources', 'src/resources/users.ts', "import { userSchema } from '../schemas/user.js';"],
    ['zod outside schemas', 'src/values/grade.ts', "import * as z from 'zod';"],
    ['zod by name', 'src/schemas/user.ts', "import { z } from 'zod';"],
    ['zod by default', 'src/schemas/user.ts', "import z from 'zod';"],
    ['a part of zod', 'src/schemas/user.ts', "import * as z from 'zod/mini';"],
    ['node: in portable code', 'src/privacy/secret.ts', "import { inspect } from 'node:util';"],
    ['a Node module without its prefix', 'src/sandbox/server/listen.ts', "import { createServer } from 'http';"],
    ['an unknown package', 'src/sandbox/server/app.ts', "import express from 'express';"],
    ['Buffer in portable code', 'src/oauth/token.ts', "const basic = Buffer.from('a:b').toString('base64');"],
    ['process in portable code', 'src/config.ts', 'const id = process.env.CLEVER_CLIENT_ID;'],
    [
      'the sandbox asking the client',
      'src/sandbox/clever/context.ts',
      "import { createCleverClient } from '../../index.js';",
    ],
    [
      'the sandbox asking transport',
      'src/sandbox/clever/context.ts',
      "import { safeUrl } from '../../transport/url.js';",
    ],
    [
      'the sandbox asking for a schema',
      'src/sandbox/clever/context.ts',
      "import { userSchema } from '../../schemas/user.js';",
    ],
    ['the client asking the sandbox', 'src/client.ts', "import { createSandbox } from './sandbox/index.js';"],
    ['the cli past the public entries', 'src/cli/main.ts', "import { makeApp } from '../sandbox/server/app.js';"],
    ['a schema through the barrel', 'src/index.ts', "export { userSchema } from './schemas/index.js';"],
    [
      'a lower room of the cli asking a higher one',
      'src/cli/terminal/io.ts',
      "import { EXIT } from '../session/x.js';",
    ],
    ['a session asking a command', 'src/cli/session/connect.ts', "import type { A } from '../commands/pull/run.js';"],
    ['a command asking another', 'src/cli/commands/pull/run.ts', "import { run } from '../events/run.js';"],
    ['a command asking the program', 'src/cli/commands/pull/run.ts', "import { run } from '../../program.js';"],
    ['a loose file where there are rooms', 'src/cli/thing.ts', 'export const thing = 1;'],
    ['a loose file among the commands', 'src/cli/commands/thing.ts', 'export const thing = 1;'],
    [
      'a room asking the one above it',
      'src/sandbox/world/clock.ts',
      "import { json } from '../clever/api/answers.js';",
    ],
    [
      'the types of a room above',
      'src/sandbox/clever/context.ts',
      "import type { Control } from '../control/control.js';",
    ],
    [
      'a room asking the loose files',
      'src/sandbox/control/control.ts',
      "import type { Sandbox } from '../sandbox.js';",
    ],
    ['HTTP in a room without it', 'src/sandbox/world/clock.ts', "import { Hono } from 'hono';"],
    ['a room past the public face', 'src/cli/main.ts', "import { Clock } from '../sandbox/world/clock.js';"],
    ['a room without a rule', 'src/sandbox/extras/thing.ts', 'export const thing = 1;'],
    ['a loose file in a part with rooms', 'src/sandbox/thing.ts', 'export const thing = 1;'],
    ['a part without a rule', 'src/extras/thing.ts', 'export const thing = 1;'],
  ])('refuse %s', (_what, path, text) => {
    expect(violations(factsOf(path, text))).toHaveLength(1);
  });

  it.each([
    ['a lower layer', 'src/resources/users.ts', "import { CALL_KEYS } from '../api/context.js';"],
    ['the same part', 'src/resources/users.ts', "import { base } from './clients/base.js';"],
    ['types where types may pass', 'src/index.ts', "export type { User } from './schemas/index.js';"],
    ['types named one by one', 'src/index.ts', "export { type User, type Term } from './schemas/index.js';"],
    ['a schema when it is needed', 'src/records/deliver.ts', "await import('../schemas/record.js');"],
    ['zod as a namespace', 'src/schemas/user.ts', "import * as z from 'zod';"],
    ['types of zod as a namespace', 'src/sandbox/world/clock.ts', "import type * as z from 'zod';"],
    ['a room below', 'src/sandbox/clever/context.ts', "import type { World } from '../world/world.js';"],
    ['the same room', 'src/sandbox/clever/api/data.ts', "import type { Env } from '../context.js';"],
    ['node: in the sandbox', 'src/sandbox/server/listen.ts', "import { createServer } from 'node:http';"],
    ['a command asking the session', 'src/cli/commands/pull/run.ts', "import { EXIT } from '../../session/x.js';"],
    ['a command asking itself', 'src/cli/commands/doctor/checks/app.ts', "import { ASK } from '../check.js';"],
    ['public entries from the cli', 'src/cli/main.ts', "import { createSandbox } from '../sandbox/index.js';"],
    [
      'a member that is called process',
      'src/config.ts',
      'queue.process({ process: 1, Buffer: 2 }); class A { process() {} }',
    ],
  ])('allow %s', (_what, path, text) => {
    expect(violations(factsOf(path, text))).toEqual([]);
  });
});

describe('the files of src/', () => {
  it('import each other in no circle, types included', () => {
    expect(circlesOf(sources)).toEqual([]);
  });

  it.each([
    ['two files', ["import { b } from './b.js';", "import { a } from './a.js';", '']],
    ['three files', ["import { b } from './b.js';", "import { c } from './c.js';", "import { a } from './a.js';"]],
    ['types', ["import type { B } from './b.js';", "import type { A } from './a.js';", '']],
    ['a dynamic import', ["await import('./b.js');", "import { a } from './a.js';", '']],
  ])('make a circle by %s', (_what, texts) => {
    expect(circlesOf(filesOf(texts))).toHaveLength(1);
  });

  it('make no circle where several need the same file', () => {
    const texts = ["import { b } from './b.js'; import { c } from './c.js';", "import { c } from './c.js';", ''];
    expect(circlesOf(filesOf(texts))).toEqual([]);
  });
});

describe('VERSION', () => {
  it('is the version in package.json', () => {
    const manifest: unknown = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
    expect(manifest).toHaveProperty('version', VERSION);
  });
});

function filesOf(texts: readonly string[]): SourceFacts[] {
  return texts.map((text, index) => factsOf(`src/${'abc'.charAt(index)}.ts`, text));
}
