/**
 * Remembers the line that started a call, so that an error thrown after many awaits can name it. Cheap: runtimes format
 * the frames only when they are read.
 */
export function rememberCaller(): Error {
  return new Error('caller');
}

/** Appends the frames of {@link rememberCaller} to an error's stack, except for those that it already has. */
export function addCaller(error: Error, caller: Error): void {
  const stack = error.stack ?? '';
  const frames = (caller.stack ?? '').split('\n').filter((line) => /^\s+at |@/u.test(line) && !stack.includes(line));
  if (frames.length > 0) {
    const value = [stack, '    -- called from --', ...frames].join('\n');
    Object.defineProperty(error, 'stack', { value, writable: true, configurable: true });
  }
}
