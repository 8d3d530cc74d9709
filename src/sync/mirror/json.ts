/**
 * The JSON of a value as PostgreSQL takes it. Its `jsonb` refuses two things that JSON may have: the character NUL,
 * which is left out, and halves of surrogate pairs, which become U+FFFD.
 */
export function toDatabaseJson(value: unknown): string {
  const json = JSON.stringify(value);
  return /\\u(?:0000|d[89a-f])/iu.test(json) ? JSON.stringify(value, storable) : json;
}

function storable(_key: string, value: unknown): unknown {
  if (typeof value === 'string') {
    return storableText(value);
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [storableText(name), member]));
  }
  return value;
}

function storableText(text: string): string {
  return text.replaceAll('\0', '').toWellFormed();
}
