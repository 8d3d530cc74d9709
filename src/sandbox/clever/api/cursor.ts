/** An opaque position in a list: base64 of its parts. */
export function encodeCursor(parts: readonly string[]): string {
  return btoa(JSON.stringify(parts));
}

/** The parts of a position; `undefined` when it is none of ours. */
export function decodeCursor(cursor: string): string[] | undefined {
  try {
    const parts: unknown = JSON.parse(atob(cursor));
    return Array.isArray(parts) && parts.every((part) => typeof part === 'string') ? parts : undefined;
  } catch {
    return undefined;
  }
}
