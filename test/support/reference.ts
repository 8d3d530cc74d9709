import { existsSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The folder with Clever's specifications and captured payloads, named by `CLEVER_REFERENCE_DIR`; not part
 * of the project.
 */
export const referenceDir: string | undefined = process.env['CLEVER_REFERENCE_DIR'] || undefined;

/** Why tests against the reference material are skipped, for their titles. */
export const skipReason =
  'skipped: set CLEVER_REFERENCE_DIR to the folder with the official specs and captured payloads';

/** Returns a path in the reference folder; throws when the folder is set but does not contain it. */
export function referencePath(...segments: string[]): string {
  const path = join(referenceDir ?? '', ...segments);
  if (!existsSync(path)) {
    throw new Error(`CLEVER_REFERENCE_DIR has no ${segments.join('/')}`);
  }
  return path;
}
