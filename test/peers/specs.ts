import { readFileSync } from 'node:fs';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { referencePath } from '../support/reference.js';

/** The API versions that have a specification for generated clients. */
export const VERSIONS = ['v3.0', 'v3.1'] as const;

/** An API version. */
export type Version = (typeof VERSIONS)[number];

/** The part of a specification that the tests read. */
export interface Spec {
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly operationId: string }>>>>;
}

/** The path of the official specification that Clever generates clients from. */
export function specPath(version: Version): string {
  return referencePath('openapi', `${version}-client.yml`);
}

/** The official specification that Clever generates clients from. */
export function readSpec(version: Version): Spec {
  return parse(readFileSync(specPath(version), 'utf8')) as Spec;
}

/** A folder for generated code, from which the project's packages can be imported; deleted after the test. */
export async function generatedFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'clever-peers-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await symlink(fileURLToPath(new URL('../../node_modules', import.meta.url)), join(folder, 'node_modules'));
  return folder;
}
