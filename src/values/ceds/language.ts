import {
  HOME_LANGUAGE_CODES,
  homeLanguageCode,
  homeLanguageName,
  KNOWN_HOME_LANGUAGES,
  type KnownHomeLanguage,
  type KnownHomeLanguageCode,
} from '../languages.js';
import { lookup } from '../lookup.js';

/**
 * The ISO 639-2 codes that differ from ISO 639-3: the bibliographic codes, which older systems use. Source:
 * the Library of Congress, the registration authority of ISO 639-2.
 */
const BIBLIOGRAPHIC_CODES = {
  alb: 'Albanian',
  arm: 'Armenian',
  baq: 'Basque',
  bur: 'Burmese',
  chi: 'Chinese',
  cze: 'Czech',
  dut: 'Dutch',
  fre: 'French',
  geo: 'Georgian',
  ger: 'German',
  gre: 'Greek',
  ice: 'Icelandic',
  mac: 'Macedonian',
  mao: 'Maori',
  may: 'Malay',
  per: 'Farsi',
  rum: 'Romanian',
  slo: 'Slovak',
  tib: 'Tibetan',
  wel: 'Welsh',
} as const satisfies Readonly<Record<string, KnownHomeLanguage>>;

/** The CEDS code of a language: ISO 639-3 Language Code, 001637; for Karen ISO 639-2 Language Code, 000317. */
export type CedsLanguage = Exclude<KnownHomeLanguageCode, 'other' | 'cpp'> | 'kea';

/**
 * Returns the CEDS code. Clever uses the code of all Portuguese-based creoles for Cabo Verdean, which has
 * its own code.
 */
function cedsCode(language: KnownHomeLanguage): CedsLanguage | undefined {
  const code = HOME_LANGUAGE_CODES[language];
  if (code === 'other') {
    return undefined;
  }
  return code === 'cpp' ? 'kea' : code;
}

const byCode = /* @__PURE__ */ lookup<KnownHomeLanguage>(() => [
  ...KNOWN_HOME_LANGUAGES.flatMap((language) => {
    const code = cedsCode(language);
    return code === undefined ? [] : [[code, language] as const];
  }),
  ...Object.entries(BIBLIOGRAPHIC_CODES),
]);

/**
 * Returns the CEDS code of a home language: three letters, ISO 639-3.
 *
 * CEDS elements: ISO 639-3 Language Code, global id 001637 (ceds.ed.gov/element/001637); if a language is
 * in both standards, the same code is valid for ISO 639-2 Language Code, 000317
 * (ceds.ed.gov/element/000317), in its terminological form.
 *
 * Source: Clever's own codes are ISO 639-3 (the official v3.1 specification); the elements are from the
 * published CEDS Integration Data Store and Ontology. Inferred: `kea` for Cabo Verdean, because Clever's
 * `cpp` is a group of languages, and `kar` for Karen, a group in ISO 639-2 that ISO 639-3 splits.
 *
 * @param language - A student's `home_language` or `home_language_code`, ignoring case, spaces and punctuation.
 * @returns The code; `undefined` for `Other` and for unknown values.
 *
 * @example
 * ```ts
 * import { toCedsLanguage } from 'clever-sdk/values';
 *
 * toCedsLanguage('Spanish'); // 'spa'
 * ```
 */
export function toCedsLanguage(language: unknown): CedsLanguage | undefined {
  const name = homeLanguageName(homeLanguageCode(language) ?? language);
  return name === undefined ? undefined : cedsCode(name);
}

/**
 * Returns the home language of a CEDS code, the inverse of {@link toCedsLanguage}.
 *
 * @param code - A code of ISO 639-3 (001637) or ISO 639-2 (000317), including bibliographic ones such as
 * `ger`, in any case.
 * @returns The name in Clever's spelling; `undefined` for a language that is not in Clever's list.
 */
export function fromCedsLanguage(code: unknown): KnownHomeLanguage | undefined {
  return byCode(code);
}
