/** Whether a value is a text that PostgreSQL can hold: it has no character U+0000. */
export function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && !value.includes('\0');
}
