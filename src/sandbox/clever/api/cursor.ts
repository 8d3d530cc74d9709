/** Encodes a position in a list as an opaque cursor: base64 of its parts. */
export function encodeCursor(parts: readonly string[]): string {
  return btoa(JSON.stringify(parts));
}

/** Decodes a cursor to the parts of its position; `undefined` when {@link encodeCursor} did not make it. */
export function decodeCursor(cursor: string): string[] | undefined {
  try {
    const parts: unknown = JSON.parse(atob(cursor));
    return Array.isArray(parts) && parts.every((part) => typeof part === 'string') ? parts : undefined;
  } catch {
    return undefined;
  }
}
