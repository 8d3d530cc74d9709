import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportOneRoster, type OneRosterReport, type OneRosterSource } from 'clever-sdk/oneroster';
import { it as base } from '../support/fixtures.js';

/** A test with a folder of its own, which is removed afterwards. */
export const it = base.extend('folder', ({ task: _ }, { onCleanup }) => {
  const folder = mkdtempSync(join(tmpdir(), 'clever-oneroster-'));
  onCleanup(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
});

/** A row by the names of its columns. */
export type Row = Readonly<Record<string, string>>;

/** The rows of the files of a folder, by their names without ending. */
export type Tables = Readonly<Record<string, readonly Row[]>>;

/** Splits a text by RFC 4180, with CR and LF. Written here, so that the tests do not read with what they test. */
export function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let [row, cell, isQuoted]: [string[], string, boolean] = [[], '', false];
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? '';
    if (isQuoted) {
      if (character === '"' && text[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else if (character === '"') {
        isQuoted = false;
      } else {
        cell += character;
      }
    } else if (character === '"') {
      isQuoted = true;
    } else if (character === ',') {
      row.push(cell);
      cell = '';
    } else if (text.startsWith('\r\n', at)) {
      rows.push([...row, cell]);
      [row, cell] = [[], ''];
      at += 1;
    } else {
      cell += character;
    }
  }
  return cell === '' && row.length === 0 ? rows : [...rows, [...row, cell]];
}

/** Reads the tables of a folder. */
function tablesOf(folder: string): Tables {
  return Object.fromEntries(
    readdirSync(folder).map((name) => [name.replace(/\.csv$/u, ''), rowsOf(readFileSync(join(folder, name), 'utf8'))]),
  );
}

function rowsOf(text: string): Row[] {
  const [header = [], ...rows] = parseCsv(text);
  return rows.map((cells) => Object.fromEntries(header.map((name, index) => [name, cells[index] ?? ''])));
}

/** An export into a folder, with its tables. */
export async function exported(
  source: OneRosterSource,
  out: string,
  options: Partial<Parameters<typeof exportOneRoster>[1]> = {},
): Promise<{ readonly report: OneRosterReport; readonly tables: Tables }> {
  const report = await exportOneRoster(source, { version: '1.2', out, ...options });
  return { report, tables: tablesOf(out) };
}
