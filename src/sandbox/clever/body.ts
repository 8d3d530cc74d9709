import type { Context } from 'hono';
import type { Env } from './context.js';
import { refusalPage } from './pages/refusal.js';

/** The largest body that the sandbox reads. Inferred: Clever documents no limit, and no form or write needs more. */
const MAX_BODY_BYTES = 1_048_576;

/** What a refusal says. */
export const TOO_LARGE = 'the body is larger than 1 MiB';

/** The fields of a form that are texts; of repeated ones the last. */
export type Fields = Readonly<Record<string, string | undefined>>;

/**
 * Reads the body of a request as text. Call it after everything that can be checked without the body: an unknown
 * caller must not make the sandbox read.
 *
 * @returns `undefined` for a body that is too large, of which at most {@link MAX_BODY_BYTES} and a piece were read.
 */
export async function readText(context: Context<Env>): Promise<string | undefined> {
  const bytes = await readBytes(context);
  return bytes && new TextDecoder().decode(bytes);
}

/** Reads the form in the body of a request, and answers with it, or refuses a body that is too large. */
export async function withForm(
  context: Context<Env>,
  answer: (fields: Fields) => Response | Promise<Response>,
): Promise<Response> {
  const bytes = await readBytes(context);
  return bytes === undefined
    ? refusalPage(context, 413, 'Too large', `This form cannot be read: ${TOO_LARGE}.`)
    : answer(await fieldsIn(bytes, context.req.header('content-type') ?? ''));
}

async function readBytes(context: Context<Env>): Promise<Uint8Array<ArrayBuffer> | undefined> {
  if (Number(context.req.header('content-length') ?? 0) > MAX_BODY_BYTES) {
    return undefined;
  }
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  const reader = context.req.raw.body?.getReader();
  for (let part = await reader?.read(); part?.done === false; part = await reader?.read()) {
    length += part.value.length;
    if (length > MAX_BODY_BYTES) {
      // Not cancelled: that would end the connection before the answer is sent.
      reader?.releaseLock();
      return undefined;
    }
    parts.push(part.value);
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

async function fieldsIn(bytes: Uint8Array<ArrayBuffer>, contentType: string): Promise<Fields> {
  const form = await new Response(bytes, { headers: { 'content-type': contentType } })
    .formData()
    .catch(() => undefined);
  const texts = [...(form ?? [])].filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return Object.fromEntries(texts);
}
