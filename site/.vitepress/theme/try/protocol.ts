import type { OutputLine } from './playground/output.ts';
import type { Playground } from './playground/playground.ts';

/** What the page asks of the worker: the methods of the playground. A last parameter `print` becomes messages. */
export type Calls = {
  readonly [Name in keyof Playground]: Playground[Name];
};

/** A call of the page. */
export interface CallMessage {
  readonly id: number;
  readonly name: keyof Calls;
  readonly given: readonly unknown[];
}

/** What the worker answers: lines while a call runs, and its end. */
export type AnswerMessage =
  | { readonly id: number; readonly line: OutputLine }
  | { readonly id: number; readonly result: unknown }
  | { readonly id: number; readonly error: string };
