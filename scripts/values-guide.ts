import {
  CEDS_GRADES,
  CEDS_RACES,
  CEDS_SEXES,
  CEDS_SUBJECTS,
  DISABILITY_CODES,
  GRADE_VARIANTS,
  gradeOrder,
  homeLanguageCode,
  KNOWN_GENDERS,
  KNOWN_GRADES,
  KNOWN_HOME_LANGUAGES,
  KNOWN_SUBJECTS,
  SUBJECT_VARIANTS,
  toCedsLanguage,
  toCedsSubject,
} from 'clever-sdk/values';

const NONE = '–';

/** Returns the text of `docs/guides/values.md`, with its tables from the package's own data. */
export function valuesGuide(): string {
  return `<!-- Generated from the package's tables by scripts/write-values-guide.ts. Change those instead of this file. -->

# Work with Clever's values

| Import from | What |
| --- | --- |
| \`clever-sdk\` | what most apps need: \`normalizeGrade\`, \`normalizeSubject\`, \`parseDob\`, \`compact\`, \`redact\`, \`describeAccess\`, and the types of records and their members |
| \`clever-sdk/values\` | all values and functions on this page, including those of the first row (except \`redact\`): known values and their guards (\`KNOWN_GRADES\`, \`isKnownGrade\`), codes, CEDS. It loads no zod and no client |
| \`clever-sdk/schemas\` | the zod schemas, the enumerations that they use (\`KNOWN_GRADES\` …) and the sensitivity of each field |

The SDK does not change the values that Clever sends. These functions return what a value means. Each accepts any value,
never throws and has no side effects.

\`\`\`ts
import { compact, normalizeGrade, normalizeSubject, parseDob } from 'clever-sdk';
import { gradesBetween, toCedsGrade } from 'clever-sdk/values';

normalizeGrade('9th'); // { raw: '9th', value: '9', isKnown: true }
normalizeSubject('Maths'); // { raw: 'Maths', value: 'math', isKnown: true }
gradesBetween('Kindergarten', '3'); // ['Kindergarten', '1', '2', '3']
parseDob('1/16/2014'); // { year: 2014, month: 1, day: 16 }
toCedsGrade('Kindergarten'); // 'KG'
compact({ email: '', school_number: null, name: 'Elm Street School' }); // { name: 'Elm Street School' }
\`\`\`

Lookups ignore case, spaces and punctuation. An unknown value is \`undefined\`, never a guess.

## Grades

\`normalizeGrade\` understands the spellings in the second column, \`gradeOrder\` returns the third, and \`toCedsGrade\` the
last: the CEDS element [Entry Grade Level](https://ceds.ed.gov/element/000100), 000100. \`fromCedsGrade\` is the reverse.
That \`PostGraduate\` is CEDS's postsecondary and that \`OT\` is its code for other grades is inferred.

${table(
  ['Grade', 'Also understood', 'Order', 'CEDS'],
  KNOWN_GRADES.map((grade) => [
    code(grade),
    GRADE_VARIANTS[grade].join(', '),
    String(gradeOrder(grade) ?? NONE),
    code(CEDS_GRADES[grade]),
  ]),
)}

## Subjects

\`normalizeSubject\` understands the spellings in the second column. \`toCedsSubject\` returns the last: the CEDS element
[School Courses for the Exchange of Data Course Subject Area](https://ceds.ed.gov/element/001518), 001518. The pairing is
inferred from the areas' names. \`fromCedsSubject\` is the reverse; it also accepts \`06\` and \`10\` of older SCED versions.
${listed(KNOWN_SUBJECTS.filter((subject) => !(subject in CEDS_SUBJECTS)))} are not subject areas and have no code.

${table(
  ['Subject', 'Also understood', 'CEDS'],
  KNOWN_SUBJECTS.map((subject) => [code(subject), SUBJECT_VARIANTS[subject].join(', '), code(toCedsSubject(subject))]),
)}

## Races

\`toCedsRace\` and \`fromCedsRace\`: the CEDS element [Race](https://ceds.ed.gov/element/001943), 001943.

${table(
  ['Race', 'CEDS'],
  Object.entries(CEDS_RACES).map(([race, ceds]) => [code(race), code(ceds)]),
)}

## Genders

\`toCedsSex\` and \`fromCedsSex\`: the CEDS element [Sex](https://ceds.ed.gov/element/000255), 000255. It has no
code for \`X\`; its \`NotSelected\` means that the question was not answered.

${table(
  ['Gender', 'CEDS'],
  KNOWN_GENDERS.map((gender) => [code(gender), code(({ ...CEDS_SEXES } as Record<string, string>)[gender])]),
)}

## Disabilities

\`disabilityCode\` and \`disabilityType\`. The specification has the codes in lower case, Clever's guide in upper case; both
are understood.

${table(
  ['Type', 'Code'],
  Object.entries(DISABILITY_CODES).map(([type, abbreviation]) => [code(type), code(abbreviation)]),
)}

## Home languages

\`homeLanguageCode\` and \`homeLanguageName\` use the second column, \`toCedsLanguage\` and \`fromCedsLanguage\` the last: the
CEDS element [ISO 639-3 Language Code](https://ceds.ed.gov/element/001637), 001637. If a language is in both standards,
the same code is valid for [ISO 639-2 Language Code](https://ceds.ed.gov/element/000317), 000317.

${table(
  ['Language', 'Code', 'CEDS'],
  KNOWN_HOME_LANGUAGES.map((name) => [name, code(homeLanguageCode(name)), code(toCedsLanguage(name))]),
)}

## Where to go from here

- [Pull a district's roster](rostering.md)
- [Personal data](privacy.md): which of these values are sensitive.
`;
}

function code(text: string | undefined): string {
  return text === undefined ? NONE : `\`${text}\``;
}

function listed(values: readonly string[]): string {
  return values.map(code).join(' and ');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
