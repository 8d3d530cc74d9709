/**
 * A number from 0 to below 1 that is always the same for a text, and evenly spread over texts, however alike they are:
 * FNV-1a, whose bits are then mixed as MurmurHash3 does.
 */
export function shareOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const character of text) {
    hash = Math.imul(hash ^ (character.codePointAt(0) as number), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}
