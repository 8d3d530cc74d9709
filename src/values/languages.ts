import { type Guard, known, type OpenEnum } from './known.js';
import { lookup } from './lookup.js';

/**
 * Clever's home languages with their codes: the two lists of API v3.1 in one table. v3.0 has 46 of the
 * names and none of the codes.
 *
 * Source: the official v3.1 specification for both lists; the pairing is inferred from ISO 639-3 (Clever's
 * lists are in different orders, so they must not be paired by position).
 */
export const HOME_LANGUAGE_CODES = {
  Afrikaans: 'afr',
  Albanian: 'sqi',
  Amharic: 'amh',
  Arabic: 'ara',
  Armenian: 'hye',
  Assamese: 'asm',
  Aymara: 'aym',
  Azerbaijani: 'aze',
  Bambara: 'bam',
  Bashkir: 'bak',
  Basque: 'eus',
  Belarusian: 'bel',
  Bengali: 'ben',
  Bhojpuri: 'bho',
  Bosnian: 'bos',
  Bulgarian: 'bul',
  Burmese: 'mya',
  'Cabo Verdean': 'cpp',
  Cantonese: 'yue',
  Catalan: 'cat',
  Cebuano: 'ceb',
  Chichewa: 'nya',
  Chinese: 'zho',
  Chuukese: 'chk',
  Corsican: 'cos',
  Croatian: 'hrv',
  Czech: 'ces',
  Danish: 'dan',
  Dari: 'prs',
  Divehi: 'div',
  Dogri: 'dgo',
  Dutch: 'nld',
  English: 'eng',
  Estonian: 'est',
  Ewe: 'ewe',
  Faroese: 'fao',
  Farsi: 'fas',
  Fijian: 'fij',
  Filipino: 'fil',
  Finnish: 'fin',
  French: 'fra',
  Frisian: 'fry',
  Galician: 'glg',
  Georgian: 'kat',
  German: 'deu',
  Greek: 'ell',
  Guarani: 'grn',
  Gujarati: 'guj',
  'Haitian Creole': 'hat',
  Hausa: 'hau',
  Hawaiian: 'haw',
  Hebrew: 'heb',
  Hindi: 'hin',
  Hmong: 'hmn',
  Hungarian: 'hun',
  Icelandic: 'isl',
  Igbo: 'ibo',
  Ilocano: 'ilo',
  Indonesian: 'ind',
  Inuinnaqtun: 'ikt',
  Inuktitut: 'iku',
  Irish: 'gle',
  Italian: 'ita',
  Japanese: 'jpn',
  Javanese: 'jav',
  Kannada: 'kan',
  Karen: 'kar',
  Kazakh: 'kaz',
  Khmer: 'khm',
  Kinyarwanda: 'kin',
  Kirundi: 'run',
  Konkani: 'knn',
  Korean: 'kor',
  Krio: 'kri',
  'Kurdish (Kurmanji)': 'kur',
  'Kurdish (Sorani)': 'ckb',
  Kyrgyz: 'kir',
  Laotian: 'lao',
  Latvian: 'lav',
  Lingala: 'lin',
  Lithuanian: 'lit',
  'Lower Sorbian': 'dsb',
  Luganda: 'lug',
  Luxembourgish: 'ltz',
  Macedonian: 'mkd',
  Maithili: 'mai',
  Malagasy: 'mlg',
  Malay: 'msa',
  Malayalam: 'mal',
  Maltese: 'mlt',
  Mandarin: 'cmn',
  Manipuri: 'mni',
  Maori: 'mri',
  Marathi: 'mar',
  Marshallese: 'mah',
  Mizo: 'lus',
  Mongolian: 'mon',
  Nepali: 'nep',
  'Northern Sotho': 'nso',
  Norwegian: 'nob',
  Odia: 'ori',
  Oromo: 'orm',
  Other: 'other',
  Pashto: 'pus',
  Polish: 'pol',
  Portuguese: 'por',
  Punjabi: 'pan',
  Quechua: 'que',
  'Queretaro Otomi': 'otq',
  Romanian: 'ron',
  Russian: 'rus',
  Samoan: 'smo',
  'Scots Gaelic': 'gla',
  Serbian: 'srp',
  Sesotho: 'sot',
  Setswana: 'tsn',
  Shona: 'sna',
  Sindhi: 'snd',
  Sinhala: 'sin',
  Slovak: 'slk',
  Slovenian: 'slv',
  Somali: 'som',
  Spanish: 'spa',
  Sundanese: 'sun',
  Swahili: 'swa',
  Swedish: 'swe',
  Tagalog: 'tgl',
  Tahitian: 'tah',
  Tajik: 'tgk',
  Tamil: 'tam',
  Tatar: 'tat',
  Telugu: 'tel',
  Thai: 'tha',
  Tibetan: 'bod',
  Tigrinya: 'tir',
  Tongan: 'ton',
  Tsonga: 'tso',
  Turkish: 'tur',
  Turkmen: 'tuk',
  Twi: 'twi',
  Ukrainian: 'ukr',
  'Upper Sorbian': 'hsb',
  Urdu: 'urd',
  Uyghur: 'uig',
  Uzbek: 'uzb',
  Vietnamese: 'vie',
  Welsh: 'cym',
  Xhosa: 'xho',
  Yiddish: 'yid',
  Yoruba: 'yor',
  'Yucatec Maya': 'yua',
  Zulu: 'zul',
} as const;

/** A home language in Clever's list. */
export type KnownHomeLanguage = keyof typeof HOME_LANGUAGE_CODES;

/** A home language: one in Clever's list, or any other text, including `''`. */
export type HomeLanguage = OpenEnum<KnownHomeLanguage>;

/** Every home language in Clever's v3.1 list, in English. */
export const KNOWN_HOME_LANGUAGES = /* @__PURE__ */ Object.keys(HOME_LANGUAGE_CODES) as readonly KnownHomeLanguage[];

/** Whether a value is one of Clever's home languages, in Clever's exact spelling. */
export const isKnownHomeLanguage: Guard<KnownHomeLanguage> = /* @__PURE__ */ known(KNOWN_HOME_LANGUAGES);

/** A home language code in Clever's list: mostly ISO 639-3, and `other`. */
export type KnownHomeLanguageCode = (typeof HOME_LANGUAGE_CODES)[KnownHomeLanguage];

/** A home language code: one in Clever's list, or any other text, including `''`. */
export type HomeLanguageCode = OpenEnum<KnownHomeLanguageCode>;

/** Every home language code in Clever's v3.1 list. */
export const KNOWN_HOME_LANGUAGE_CODES = /* @__PURE__ */ Object.values(
  HOME_LANGUAGE_CODES,
) as readonly KnownHomeLanguageCode[];

/** Whether a value is one of Clever's home language codes. */
export const isKnownHomeLanguageCode: Guard<KnownHomeLanguageCode> = /* @__PURE__ */ known(KNOWN_HOME_LANGUAGE_CODES);

const byName = /* @__PURE__ */ lookup(() => KNOWN_HOME_LANGUAGES.map((name) => [name, name] as const));
const byCode = /* @__PURE__ */ lookup(() =>
  KNOWN_HOME_LANGUAGES.map((name) => [HOME_LANGUAGE_CODES[name], name] as const),
);

/**
 * Returns the code of a home language, which API v3.1 sends as `home_language_code` with `home_language`,
 * and v3.0 omits.
 *
 * Source: the names and codes are from the official v3.1 specification; their pairing is inferred from ISO 639-3.
 *
 * @param name - A name in Clever's list, ignoring case, spaces and punctuation.
 * @returns The code, ISO 639-3 except `cpp` (Cabo Verdean), `kar` (Karen) and `other`; `undefined` for any
 * other value.
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
 * Returns the name of a home language from its code, the inverse of {@link homeLanguageCode}. Source: the same.
 *
 * @param code - A code in Clever's list, in any case.
 * @returns The name in Clever's spelling; `undefined` for any other value.
 */
export function homeLanguageName(code: unknown): KnownHomeLanguage | undefined {
  return byCode(code);
}
