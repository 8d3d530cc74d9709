import { InvalidArgumentError } from 'commander';

/** Parses an absolute URI; an option that is given again adds to the list. */
export function uriList(text: string, previous: readonly string[] = []): readonly string[] {
  if (!isRedirectUri(text)) {
    throw new InvalidArgumentError(
      'It must be an absolute URI without a fragment, such as http://localhost:5173/callback.',
    );
  }
  return [...previous, text];
}

/** Whether a text can be a redirect URI: an absolute URI without a fragment. */
export function isRedirectUri(text: string): boolean {
  return URL.canParse(text) && !text.includes('#');
}
