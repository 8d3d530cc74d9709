import { stripVTControlCharacters } from 'node:util';

const MOST_CHARACTERS = 200;
/** Names of variables that hold what must not be shown. */
const SECRET_NAME = /secret|token|passw|key|credential|dsn|database_url/iu;
/** Shorter values are found anywhere by accident. */
const SHORTEST_SECRET = 6;

/**
 * The line of a command's standard error that says why it failed, without what is secret or personal: the values of
 * variables whose names say that they are secret, user names and passwords in addresses, and e-mail addresses.
 */
export function lastLineOf(errors: string, variables: Readonly<Record<string, string | undefined>>): string {
  const lines = stripVTControlCharacters(errors)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  // A runtime that crashes says why, and then other things.
  const line = lines.findLast((candidate) => /^(?:\w+:\s*)?\w*(?:Error|Exception)\b/u.test(candidate)) ?? lines.at(-1);
  return line === undefined ? '' : withoutSecrets(line, variables).slice(0, MOST_CHARACTERS);
}

function withoutSecrets(line: string, variables: Readonly<Record<string, string | undefined>>): string {
  let clean = line;
  for (const [name, value = ''] of Object.entries(variables)) {
    if (SECRET_NAME.test(name) && value.length >= SHORTEST_SECRET) {
      clean = clean.replaceAll(value, `[${name}]`);
    }
  }
  return clean.replaceAll(/\/\/[^/\s@]+@/gu, '//[credentials]@').replaceAll(/[^\s"'<>(/[\]]+@[\w.-]+\w/gu, '[e-mail]');
}
