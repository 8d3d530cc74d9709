/**
 * The text of a file, by the byte order mark at its beginning, which is no part of the text. Editors on Windows write
 * one, and `>` of Windows PowerShell writes UTF-16. Without a mark, it is UTF-8.
 */
export function decodeText(bytes: Uint8Array): string {
  const mark = `${bytes[0]} ${bytes[1]}`;
  const encoding = mark === '255 254' ? 'utf-16le' : mark === '254 255' ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding).decode(bytes);
}
