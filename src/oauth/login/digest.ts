import { base64url } from 'jose';

/** SHA-256 of a text as 43 characters that fit into a URL. */
export async function digestOf(text: string): Promise<string> {
  return base64url.encode(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))));
}
