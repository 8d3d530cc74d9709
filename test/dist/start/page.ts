/** What a reader of a start page does, in the order of the page. */
export type Step =
  /** Saves a file of the page. */
  | { readonly do: 'save'; readonly name: string; readonly text: string }
  /** Runs a command; one that `keepsRunning` is left alone in its terminal. */
  | { readonly do: 'run'; readonly command: string; readonly keepsRunning: boolean }
  /** Compares what the last command prints. */
  | { readonly do: 'compare-output'; readonly text: string }
  /** Opens an address in the browser, and clicks one after the other. */
  | { readonly do: 'open'; readonly url: string; readonly clicks: readonly string[] }
  /** Compares what the browser shows. */
  | { readonly do: 'compare-page'; readonly text: string };

/** After this heading, a page is about the real Clever. */
const END_OF_WALK = '\n## Go live\n';

/**
 * Reads the steps of a page from what its reader sees, without hidden marks:
 *
 * - a block after "… as `NAME`:" is a file;
 * - each line of a `sh` block is a command, and "runs until Ctrl+C" after it says that it does not end;
 * - a `text` block is what the last command prints, or what the browser shows after "page shows:". In it, `…` is
 *   for what varies;
 * - "open `ADDRESS`" opens it, and each **bold** word of the rest of the paragraph is clicked.
 */
export function stepsOf(page: string): Step[] {
  const [walk = ''] = page.split(END_OF_WALK);
  const steps: Step[] = [];
  let paragraph = '';
  for (const { language, text } of blocksOf(walk)) {
    if (language === undefined) {
      paragraph = text;
      keepRunning(steps, text);
      steps.push(...visitsOf(text));
    } else {
      steps.push(...stepsOfCode(language, text, paragraph));
      paragraph = '';
    }
  }
  return steps;
}

/** The ports that the files of a page name: that of its app, and that of the sandbox. */
export function portsOf(steps: readonly Step[]): string[] {
  const files = steps.map((step) => (step.do === 'save' ? step.text : '')).join('\n');
  return [...new Set(files.match(/(?<=port: |localhost:|127\.0\.0\.1:)\d{4,5}\b/gu))];
}

interface Block {
  /** The language of a block of code; `undefined` for a paragraph. */
  readonly language: string | undefined;
  readonly text: string;
}

function blocksOf(page: string): Block[] {
  return page
    .split(/^(```\w+\n[\s\S]*?^```)$/mu)
    .flatMap((part): Block[] => {
      const code = /^```(?<language>\w+)\n(?<text>[\s\S]*)```$/u.exec(part)?.groups;
      return code === undefined
        ? part.split(/\n{2,}/u).map((text) => ({ language: undefined, text: text.trim() }))
        : [{ language: code['language'], text: code['text'] ?? '' }];
    })
    .filter(({ text }) => text !== '');
}

function stepsOfCode(language: string, text: string, paragraph: string): Step[] {
  const name = /\bas `(?<name>[^`]+)`:$/u.exec(paragraph)?.groups?.['name'];
  if (name !== undefined) {
    return [{ do: 'save', name, text }];
  }
  if (language === 'sh') {
    return text
      .trim()
      .split('\n')
      .map((command) => ({ do: 'run', command, keepsRunning: false }));
  }
  if (/page shows:$/u.test(paragraph)) {
    return [{ do: 'compare-page', text }];
  }
  if (/prints:$/u.test(paragraph)) {
    return [{ do: 'compare-output', text }];
  }
  throw new Error(`A reader does not know what this block is for: ${text}`);
}

function keepRunning(steps: Step[], paragraph: string): void {
  const last = steps.at(-1);
  if (last?.do === 'run' && /\bruns until Ctrl\+C/u.test(paragraph)) {
    steps[steps.length - 1] = { ...last, keepsRunning: true };
  }
}

function visitsOf(paragraph: string): Step[] {
  return [...paragraph.matchAll(/\bopen `(?<url>[^`]+)`(?<rest>(?:(?!\bopen `)[\s\S])*)/giu)].map(
    ({ groups = {} }) => ({
      do: 'open',
      url: groups['url'] ?? '',
      clicks: [...(groups['rest'] ?? '').matchAll(/\*\*(?<label>[^*]+)\*\*/gu)].map(
        (match) => match.groups?.['label'] ?? '',
      ),
    }),
  );
}
