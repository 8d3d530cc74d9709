import { isCancel, password } from '@clack/prompts';

/** Asks on the terminal; what is typed is neither shown nor kept. The question goes to standard error. */
export async function askSecret(question: string, signal: AbortSignal): Promise<string | undefined> {
  const hungUp = new AbortController();
  process.stdin.once('end', () => hungUp.abort());
  const answer = await password({
    message: question,
    output: process.stderr,
    signal: AbortSignal.any([signal, hungUp.signal]),
  });
  return isCancel(answer) ? undefined : answer;
}
