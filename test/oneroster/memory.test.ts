import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, vi } from 'vitest';
import { it } from './support.js';

vi.setConfig({ testTimeout: 120_000 });

const STUDENTS = 40_000;
/** Too little for the records of so many people, and enough for a page of them. */
const HEAP_MB = 32;

describe('an export', () => {
  it('of 80,000 people runs in a heap that has no room for them', async ({ folder }) => {
    const out = join(folder, 'OneRoster.zip');
    const { stdout } = await promisify(execFile)(process.execPath, [
      `--max-old-space-size=${HEAP_MB}`,
      '--import',
      fileURLToPath(new URL('../../scripts/resolve-sources.ts', import.meta.url)),
      fileURLToPath(new URL('./memory-child.ts', import.meta.url)),
      out,
      String(STUDENTS),
    ]);
    expect(JSON.parse(stdout)).toEqual({
      ...{ orgs: 2, academicSessions: 1, courses: STUDENTS / 100, users: 2 * STUDENTS, roles: 2 * STUDENTS },
      ...{ classes: STUDENTS / 100, enrollments: STUDENTS + STUDENTS / 100 - countOfOwnStudents() },
    });
  });
});

/** Teachers of a class who would be its students as well are enrolled once. */
function countOfOwnStudents(): number {
  const sections = Array.from({ length: STUDENTS / 100 }, (_, index) => index);
  return sections.filter((index) => Math.floor(index / 100) === index).length;
}
