/**
 * Characters that a terminal obeys or that change what a person reads, without being seen: control characters (C0, C1,
 * DEL) but for tab and line feed, those that turn the direction of writing, other line ends, and invisible ones that
 * no language needs. The joiners U+200C and U+200D are left: Persian, Indic languages and emoji need them.
 */
const UNSEEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/gu;

/**
 * Shows a value that came from elsewhere, such as a name: what is not seen becomes `\u001b`. Line ends as well, because
 * a value with lines of its own could imitate a line of the program.
 */
export function visible(value: string): string {
  return visibleText(value).replace(/[\t\n]/gu, escaped);
}

/** The same for a whole text, whose tabs and line ends are those of the program. */
export function visibleText(text: string): string {
  return text.replace(UNSEEN, escaped);
}

function escaped(character: string): string {
  return Array.from({ length: character.length }, (_, index) => {
    return `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`;
  }).join('');
}
