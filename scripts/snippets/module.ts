import { withCheckedClaims } from './claims.ts';
import type { Snippet } from './find.ts';
import { nameDefaultExport, type Parts } from './parts.ts';

/** The module that is run in the place of a snippet. */
export interface SnippetModule {
  readonly text: string;
  /** How many lines are before the snippet's first line. */
  readonly linesBefore: number;
  /** How many values in comments are checked. */
  readonly claims: number;
}

const RUNTIME = new URL('run/runtime.ts', import.meta.url).href;

/**
 * Makes the module: what is given, the snippet, what is run after it. A `declare` leaves nothing in JavaScript, so the
 * given values take their places.
 */
export function moduleOf(snippet: Snippet, { givens }: Parts): SnippetModule {
  const { code, claims } = withCheckedClaims(nameDefaultExport(snippet.code), '__check');
  const values = givens.map(({ name, key }) => `const ${name} = await __give('${key}');`);
  const before = [
    `import { give as __give, check as __check } from '${RUNTIME}';`,
    ...values,
    snippet.given ?? '',
  ].join(' ');
  return {
    text: `${before}\n${code}\n${snippet.run ?? ''}\n`,
    linesBefore: before.split('\n').length,
    claims,
  };
}
