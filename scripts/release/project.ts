import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Environment, run } from '../pack.ts';

/** Makes an empty project with a user's first program. */
export function makeProject(folder: string, name: string): string {
  const project = join(folder, name);
  mkdirSync(project);
  writeFileSync(join(project, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
  copyFileSync(join(import.meta.dirname, 'first-steps.mjs'), join(project, 'first-steps.mjs'));
  return project;
}

/** Runs the first program of a project. Throws unless it reads the whole district. */
export function firstSteps(
  runtime: string,
  program: string,
  args: readonly string[],
  project: string,
  env: Environment = {},
): void {
  const { students } = JSON.parse(run(program, args, project, env)) as { students: number };
  if (students !== 120) {
    throw new Error(`${runtime} read ${students} students, and the district has 120.`);
  }
  console.log(`${runtime}: installed, and read a district.`);
}
