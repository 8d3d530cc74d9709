/**
 * Writes one row by RFC 4180, with its line end. A cell is quoted only when it has to be. Nothing is done against
 * formulas, because these files are read by programs, which must get the exact data.
 */
export function writeRow(cells: readonly string[]): string {
  return `${cells.map(writeCell).join(',')}\r\n`;
}

function writeCell(cell: string): string {
  return /[",\r\n]/u.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/**
 * A text without what a cell must not have: OneRoster allows no line breaks in cells, and a control character is never
 * part of a name. Spaces around it are left out as well, because readers differ in whether they keep them.
 */
export function plainText(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[\p{Cc}\u{2028}\u{2029}]+/gu, ' ')
    .trim();
}
