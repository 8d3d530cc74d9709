/** A phrase that slows a reader down, and what to write instead. */
interface Phrase {
  readonly pattern: RegExp;
  /** Good English that begins with the phrase, and is allowed. */
  readonly except?: RegExp;
  readonly write: string;
}

/**
 * Phrases that comments, messages, guides and titles of tests do not use, because a native reader has to translate
 * them. The glossary in CONTRIBUTING.md has one word for each thing.
 */
const PHRASES: readonly Phrase[] = [
  {
    pattern: /\bbehind\b/giu,
    except: /^behind(?: (?:a|the|its|your) (?:\w+ )?(?:proxy|firewall|balancer)\b|['/])/iu,
    write: 'after',
  },
  { pattern: /\bin front of\b/giu, write: 'before' },
  { pattern: /\b(?:is|are|was|were) (?:not )?there\b(?!['’]|\?| (?:a|an|any|no)\b)/giu, write: 'exists, or is absent' },
  { pattern: /\bthere is none\b/giu, write: 'none exists' },
  {
    pattern: /\b(?:nobody|somebody|whoever|everybody)\b/giu,
    write: 'the caller, the user, another process, every user',
  },
  { pattern: /\bstands?\b(?!-| for\b)/giu, write: 'is, appears, means' },
  {
    pattern: /\b(?:told|tells|tell of|telling of)\b/giu,
    except: /^(?:tells?|told) (?:\S+ ){0,6}(?:apart|from)\b/iu,
    write: 'says, reports, shows',
  },
  { pattern: /\bleave to send\b/giu, write: 'permission to send' },
  { pattern: /\bbelongs? into\b/giu, write: 'belongs in' },
  { pattern: /\blearnt\b/giu, write: 'learned, or is enrolled in' },
  { pattern: /\bwhat came of\b/giu, write: 'the result of' },
  { pattern: /\banew\b/giu, write: 'again' },
  { pattern: /\bup to who\b/giu, write: 'decided by the caller' },
];

/** The longest line of a comment, in columns. */
const COMMENT_WIDTH = 120;

/** Returns the phrases in a text that must be written differently, each as a sentence for its author. */
export function wordProblems(path: string, text: string): string[] {
  const lines = text.split('\n');
  return lines.flatMap((line, index) => {
    // A phrase may be wrapped. It belongs to the line in which it begins.
    const wrapped = `${line.trimEnd()} ${withoutMarker(lines[index + 1] ?? '')}`;
    return PHRASES.flatMap(({ pattern, except, write }) =>
      [...wrapped.matchAll(pattern)]
        .filter((match) => match.index < line.length && except?.test(wrapped.slice(match.index)) !== true)
        .map(([found]) => `${path}:${index + 1}: "${found}": write ${write}`),
    );
  });
}

/** A line without its indentation and what marks it as a comment, a list or a quotation. */
function withoutMarker(line: string): string {
  return line.replace(/^\s*(?:\/\/|\/?\*+|[->])?\s*/u, '');
}

/** Returns the lines of comments that are wider than {@link COMMENT_WIDTH}. */
export function widthProblems(path: string, text: string): string[] {
  return text.split('\n').flatMap((line, index) => {
    const isComment = /^\s*(?:\/\/|\/?\*)/u.test(line);
    return isComment && line.length > COMMENT_WIDTH
      ? [`${path}:${index + 1}: ${line.length} columns; wrap at ${COMMENT_WIDTH}`]
      : [];
  });
}
