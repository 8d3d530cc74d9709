import { isCancel, password } from '@clack/prompts';

/**
 * Asks on the terminal; what is typed is neither shown nor kept. The question goes to standard error.
 *
 * @param stopping - Aborted by Ctrl+C, which reaches no other listener while the prompt reads the terminal.
 * @returns `undefined` when the input has ended, as after Ctrl+D.
 */
export async function askSecret(question: string, stopping: AbortController): Promise<string | undefined> {
  const { stdin, stderr } = process;
  const hungUp = new AbortController();
  const onEnd = (): void => hungUp.abort();
  // After Ctrl+D the prompt stops listening and reports nothing.
  const onKey = (_: unknown, key: { ctrl?: boolean; name?: string } | undefined): void => {
    if (key?.ctrl === true && key.name === 'd') {
      hungUp.abort();
    }
  };
  stdin.once('end', onEnd).on('keypress', onKey);
  try {
    const signal = AbortSignal.any([stopping.signal, hungUp.signal]);
    const answer = await password({ message: question, output: stderr, signal });
    if (!isCancel(answer)) {
      return answer;
    }
    if (!hungUp.signal.aborted) {
      stopping.abort();
    }
    stopping.signal.throwIfAborted();
    return undefined;
  } finally {
    stdin.off('end', onEnd).off('keypress', onKey);
  }
}
