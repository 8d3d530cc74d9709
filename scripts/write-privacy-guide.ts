/** Writes the registry of personal, sensitive and secret fields into `docs/guides/privacy.md`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { withTables } from './privacy-table.ts';

// Node runs TypeScript directly, but the sources import each other under their compiled names.
registerHooks({
  resolve: (specifier, context, next) =>
    next(context.parentURL?.includes('/src/') === true ? specifier.replace(/\.js$/u, '.ts') : specifier, context),
});

const [{ SENSITIVITY }, { SENSITIVE_FIELDS }] = await Promise.all([
  import('../src/privacy/registry.ts'),
  import('../src/privacy/sensitive-fields.ts'),
]);
const guide = new URL('../docs/guides/privacy.md', import.meta.url);
const registry = { tables: SENSITIVITY, sensitiveFields: SENSITIVE_FIELDS };
writeFileSync(guide, withTables(readFileSync(guide, 'utf8'), registry));
