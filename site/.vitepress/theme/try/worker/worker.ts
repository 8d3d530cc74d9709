/**
 * The thread in which the sandbox, the client and the snippets of a person run, so that an endless loop stops neither the
 * page nor its Stop button.
 */
import { describeError } from '../playground/describe.ts';
import type { OutputLine } from '../playground/output.ts';
import { Playground } from '../playground/playground.ts';
import type { AnswerMessage, CallMessage } from '../protocol.ts';
import { closeNetwork } from './close-network.ts';
import { keepCookies } from './keep-cookies.ts';

keepCookies(globalThis);
closeNetwork(globalThis);

const playground = new Playground();
const answer = (message: AnswerMessage): void => globalThis.postMessage(message);
/** The call that runs now, to which an error belongs that no code awaits. */
let running = 0;

globalThis.addEventListener('message', async ({ data: { id, name, given } }: MessageEvent<CallMessage>) => {
  running = id;
  const print = (line: OutputLine): void => answer({ id, line });
  try {
    const call = playground[name] as (...values: unknown[]) => Promise<unknown>;
    answer({ id, result: await Reflect.apply(call, playground, [...given, print]) });
  } catch (error) {
    answer({ id, error: describeError(error) });
  }
});

globalThis.addEventListener('unhandledrejection', (event) => {
  event.preventDefault();
  answer({ id: running, line: { kind: 'error', text: describeError(event.reason) } });
});
