/** A line of shown output that means: more lines, which are not shown. */
const MORE = '…';

/** Says how what a snippet printed differs from what is shown beneath it; `undefined` when it does not. */
export function compareOutput(shown: string, printed: string): string | undefined {
  const expected = shown.trimEnd();
  const actual = steady(printed);
  return updatedOutput(expected, printed) === expected
    ? undefined
    : `it prints something else (\`npm run test:snippets -- --write\` writes it):\n${indent(actual)}\n  and the page shows:\n${indent(expected)}`;
}

/** What is to be shown: all that was printed, with as many lines at both ends as were shown where some are left out. */
export function updatedOutput(shown: string, printed: string): string {
  const lines = steady(printed).split('\n');
  const shownLines = shown.trimEnd().split('\n');
  const more = shownLines.indexOf(MORE);
  const after = shownLines.length - more - 1;
  return more === -1 || lines.length <= more + after
    ? lines.join('\n')
    : [...lines.slice(0, more), MORE, ...lines.slice(lines.length - after)].join('\n');
}

/** What was printed, without what is different each time: ports. */
function steady(printed: string): string {
  return printed.trimEnd().replaceAll(/\b(?<host>localhost|127\.0\.0\.1):\d{2,5}\b/gu, '$<host>:3000');
}

function indent(text: string): string {
  return text.replaceAll(/^/gmu, '    ');
}
