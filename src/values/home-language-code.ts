import { lookup } from './fold.js';
import {
  HOME_LANGUAGE_CODES,
  KNOWN_HOME_LANGUAGES,
  type KnownHomeLanguage,
  type KnownHomeLanguageCode,
} from './languages.js';

const byName = /* @__PURE__ */ lookup(() => KNOWN_HOME_LANGUAGES.map((name) => [name, name] as const));
const byCode = /* @__PURE__ */ lookup(() =>
  KNOWN_HOME_LANGUAGES.map((name) => [HOME_LANGUAGE_CODES[name], name] as const),
);

/**
 * Gives the code of a home language: what API v3.1 sends as `home_language_code` beside `home_language`, and what v3.0
 * leaves out.
 *
 * Source: the names and codes are of the official v3.1 specification; their pairing is inferred from ISO 639-3.
 *
 * @param name - A name of Clever's list, without regard to case, spaces and punctuation.
 * @returns The code, ISO 639-3 except `cpp` (Cabo Verdean), `kar` (Karen) and `other`; `undefined` for any other value.
 *
 * @example
 * ```ts
 * import { homeLanguageCode } from 'clever-sdk/values';
 *
 * homeLanguageCode('Spanish'); // 'spa'
 * homeLanguageCode('Klingon'); // undefined
 * ```
 */
export function homeLanguageCode(name: unknown): KnownHomeLanguageCode | undefined {
  const known = byName(name);
  return known === undefined ? undefined : HOME_LANGUAGE_CODES[known];
}

/**
 * Gives the name of a home language from its code, the way back from {@link homeLanguageCode}. Source: as there.
 *
 * @param code - A code of Clever's list, in any case.
 * @returns The name in Clever's spelling; `undefined` for any other value.
 */
export function homeLanguageName(code: unknown): KnownHomeLanguage | undefined {
  return byCode(code);
}
