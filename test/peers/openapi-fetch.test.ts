import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { upgrade } from '@scalar/openapi-upgrader';
import openapiTS, { astToString } from 'openapi-typescript';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { referenceDir, skipReason } from '../support/reference.js';
import { generatedFolder, readSpec, VERSIONS, type Version } from './specs.js';
import { inOrder, serve, truth } from './truth.js';

/* openapi-fetch, with types that openapi-typescript generates from the official specification, at the sandbox. */

/** The code that an app would write, typed by the specification alone. */
const PROGRAM = `
import createClient from 'openapi-fetch';
import type { components, paths } from './clever.js';

export async function readUsers(baseUrl: string, token: string): Promise<components['schemas']['User'][]> {
  const clever = createClient<paths>({ baseUrl, headers: { authorization: \`Bearer \${token}\` } });
  const users: components['schemas']['User'][] = [];
  let after: string | undefined;
  do {
    const { data, error } = await clever.GET('/users', {
      params: { query: { limit: 100, ...(after === undefined ? {} : { starting_after: after }) } },
    });
    if (error !== undefined) throw new Error('refused');
    for (const { data: user } of data.data ?? []) {
      if (user !== undefined) users.push(user);
    }
    const next = data.links?.find(({ rel }) => rel === 'next')?.uri;
    after = next === undefined ? undefined : (new URL(next, baseUrl).searchParams.get('starting_after') ?? undefined);
  } while (after !== undefined);
  return users;
}
`;

interface Program {
  readUsers(baseUrl: string, token: string): Promise<unknown[]>;
}

/** Writes types and program into a folder, and returns the compiler's output for them. */
async function compile(version: Version): Promise<{ readonly errors: string[]; readonly program: string }> {
  const folder = await generatedFolder();
  // The official specifications are Swagger 2.0; openapi-typescript reads OpenAPI 3.
  const types = astToString(await openapiTS(upgrade(readSpec(version) as never, '3.1') as never));
  await writeFile(join(folder, 'clever.ts'), types);
  const program = join(folder, 'program.ts');
  await writeFile(program, PROGRAM);
  const options: ts.CompilerOptions = {
    ...{ strict: true, noEmit: true, skipLibCheck: true, types: [] },
    ...{
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
    },
    lib: ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
  };
  const errors = ts.getPreEmitDiagnostics(ts.createProgram([program], options));
  return { program, errors: errors.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n')) };
}

describe.skipIf(referenceDir === undefined).each(VERSIONS)(
  `openapi-fetch with types of %s${referenceDir === undefined ? ` (${skipReason})` : ''}`,
  (version) => {
    it('compiles, and reads the whole roster, page by page', { timeout: 60_000 }, async () => {
      const records = await truth();
      const sandbox = await serve(records);
      const { errors, program } = await compile(version);
      expect(errors).toEqual([]);
      const { readUsers } = (await import(/* @vite-ignore */ pathToFileURL(program).href)) as Program;
      const users = await readUsers(`${sandbox.url}/${version}`, sandbox.districts[0].token ?? '');
      expect(users).toEqual(inOrder(records.users));
    });
  },
);
