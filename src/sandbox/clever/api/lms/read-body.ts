import type { Context } from 'hono';
import { readText, TOO_LARGE } from '../../body.js';
import type { Env } from '../../context.js';
import { Refusal } from '../answers.js';

const refuse = (message: string): Refusal => new Refusal(400, message, 'message');

/**
 * Reads the JSON object in the body of a write. Source of the texts of refusals:
 * dev.clever.com/docs/clever-lms-connect-api-errors. Where the offending character is not known, the
 * refusal names the first character of the body. The refusal of a body that is too large is inferred.
 *
 * @returns The members, or a response for a bad escape, because that error is documented as plain text.
 */
export async function readBody(context: Context<Env>): Promise<Readonly<Record<string, unknown>> | Response> {
  const text = await readText(context);
  if (text === undefined) {
    throw new Refusal(413, `request cannot be read: ${TOO_LARGE}`, 'message');
  }
  if (text.trim() === '') {
    throw refuse('request body is required, but was empty');
  }
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch (error) {
    const escaped = /\\([^"\\/bfnrtu])/u.exec(text)?.[1];
    if (escaped !== undefined) {
      const headers = { 'content-type': 'text/plain; charset=utf-8' };
      return new Response(`Invalid character '${escaped}' in string escape code`, { status: 400, headers });
    }
    throw refuse(syntaxError(text, String(error)));
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw refuse('request body must be a JSON object');
  }
  return body as Readonly<Record<string, unknown>>;
}

/** Words the refusal. The position of the offending character is the one in the engine's message, if it names one. */
function syntaxError(text: string, message: string): string {
  const position = /position (\d+)/u.exec(message)?.[1];
  if (/end of JSON|EOF/u.test(message) || Number(position) >= text.length) {
    return 'unexpected end of JSON input';
  }
  const named = /Unexpected token '?(.)/u.exec(message)?.[1];
  return `invalid character '${named ?? text.charAt(Number(position ?? 0))}' looking for beginning of value`;
}
