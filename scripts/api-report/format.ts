import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/**
 * Wraps the lines of a report as the project's code is wrapped, so that a difference shows no more than what changed.
 */
export function formatted(report: string, root: string): string {
  const biome = join(root, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');
  const args = [biome, 'format', '--stdin-file-path=report.d.ts'];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, input: report, encoding: 'utf8' });
  if (status !== 0) {
    throw new Error(`Biome could not format a report: ${stderr}`);
  }
  return stdout;
}
