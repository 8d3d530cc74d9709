/**
 * Loads a part of the SDK by `import('…')` when it is first needed, and once. From then on it returns the
 * part itself, without a promise. If loading failed, the next call tries again: a network may be back by
 * then.
 */
export function lazily<Part extends object>(load: () => Promise<Part>): () => Part | Promise<Part> {
  let part: Part | Promise<Part> | undefined;
  const begin = async (): Promise<Part> => {
    try {
      part = await load();
      return part;
    } catch (error) {
      part = undefined;
      throw error;
    }
  };
  return () => {
    part ??= begin();
    return part;
  };
}
