/**
 * Makes a value at the first call, and returns the same one from then on. If making it fails, the next call tries
 * again.
 */
export function once<Value extends object>(make: () => Value): () => Value {
  let made: Value | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
